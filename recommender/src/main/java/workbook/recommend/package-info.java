/** The recommender of lesson 14: trained by night, kept up to date by a stream, asked over HTTP. It uses the lesson's answers. */
package workbook.recommend;
