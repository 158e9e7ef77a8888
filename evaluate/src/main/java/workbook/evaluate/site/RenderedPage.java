package workbook.evaluate.site;

import java.util.List;

/**
 * A Markdown page as HTML.
 *
 * @param title the first heading
 * @param html the body; what the page has of HTML itself is escaped, except anchors
 * @param headings in order, without the title
 * @param sections the text under each heading, for the search
 */
record RenderedPage(String title, String html, List<Heading> headings, List<Section> sections) {

    /**
     * A heading.
     *
     * @param level 2 or 3
     * @param anchor the id of its element
     */
    record Heading(int level, String text, String anchor) {

        boolean isNested() {
            return level > 2;
        }
    }

    /** A heading, and the text from it to the next one, without markup. */
    record Section(String heading, String anchor, String text) {}
}
