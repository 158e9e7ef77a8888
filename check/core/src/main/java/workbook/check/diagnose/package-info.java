/** Mistakes that people really make, and how one is recognised by what it does. */
package workbook.check.diagnose;
