package workbook.evaluate.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import workbook.check.docs.Page;

/**
 * Renders Markdown as GitHub does: tables, task lists, and an anchor for each heading. HTML in a page is escaped, because it
 * may come from anywhere; only anchors such as {@code <a id="acking"></a>} are kept, and comments are left out.
 */
final class PageRenderer {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), TaskListItemsExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"[\\w-]+\">|</a>");

    private PageRenderer() {}

    /**
     * Renders a page.
     *
     * @param links the address of each link and picture on the site, for the one in the page
     */
    static RenderedPage render(Page page, UnaryOperator<String> links) {
        Node document = PARSER.parse(page.text());
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(links.apply(link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(links.apply(image.getDestination()));
                visitChildren(image);
            }
        });
        Map<Node, String> anchors = anchors(document);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .nodeRendererFactory(Html::new) // the first renderer of a node is used
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    switch (tag) {
                        case "pre" -> attributes.put("tabindex", "0"); // so that the keyboard can scroll it
                        case "input" -> attributes.put("aria-label", "done"); // of a task list
                        default ->
                            attributes.putAll(anchors.containsKey(node) ? Map.of("id", anchors.get(node)) : Map.of());
                    }
                })
                .build();
        List<RenderedPage.Section> sections = sections(document, anchors);
        return new RenderedPage(
                sections.get(0).heading(), renderer.render(document), headings(document, anchors), sections);
    }

    /** GitHub's anchors: a heading that a page has twice gets a number. */
    private static Map<Node, String> anchors(Node document) {
        Map<Node, String> anchors = new HashMap<>();
        Map<String, Integer> uses = new HashMap<>();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading) {
                String anchor = Page.anchor(PlainText.of(node));
                int use = uses.merge(anchor, 1, Integer::sum);
                anchors.put(node, use == 1 ? anchor : anchor + "-" + (use - 1));
            }
        }
        return anchors;
    }

    private static List<RenderedPage.Heading> headings(Node document, Map<Node, String> anchors) {
        List<RenderedPage.Heading> headings = new ArrayList<>();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() > 1 && heading.getLevel() < 4) {
                headings.add(new RenderedPage.Heading(heading.getLevel(), PlainText.of(heading), anchors.get(heading)));
            }
        }
        return headings;
    }

    private static List<RenderedPage.Section> sections(Node document, Map<Node, String> anchors) {
        List<RenderedPage.Section> sections = new ArrayList<>();
        String heading = "";
        String anchor = "";
        StringBuilder text = new StringBuilder();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (!anchors.containsKey(node)) {
                text.append(PlainText.of(node)).append(' ');
                continue;
            }
            if (!heading.isEmpty() || !text.isEmpty()) {
                sections.add(new RenderedPage.Section(
                        heading, anchor, text.toString().strip()));
            }
            heading = PlainText.of(node);
            anchor = anchors.get(node);
            text.setLength(0);
        }
        sections.add(new RenderedPage.Section(heading, anchor, text.toString().strip()));
        return sections;
    }

    /** Anchors are kept, comments left out, and other HTML escaped; wide tables scroll on their own. */
    private static final class Html implements NodeRenderer {

        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;

        Html(HtmlNodeRendererContext context) {
            this.context = context;
            this.html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlInline.class, HtmlBlock.class, TableBlock.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof HtmlInline inline) {
                write(inline.getLiteral());
            } else if (node instanceof HtmlBlock block) {
                write(block.getLiteral());
            } else {
                table(node);
            }
        }

        private void write(String literal) {
            if (literal.startsWith("<!--")) {
                return;
            }
            if (ANCHOR.matcher(literal).matches()) {
                html.raw(literal);
            } else {
                html.text(literal);
            }
        }

        private void table(Node table) {
            html.raw("<div class=\"scroll\" tabindex=\"0\">"); // Map.of has another order in each JVM
            html.tag("table");
            for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
                context.render(part);
            }
            html.tag("/table");
            html.tag("/div");
            html.line();
        }
    }
}
