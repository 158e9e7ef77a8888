package workbook.figures;

/**
 * A figure of CONCEPTS.md.
 *
 * @param name of its file, without the ending
 * @param title what it shows, in a line
 * @param description the same for those who cannot see it
 * @param type the class that tells its story
 * @param method the method that does, which takes the answer
 */
record Figure(String name, String title, String description, String type, String method, Drawing drawing) {

    /** The drawing as SVG, of what happens when its story is played now. */
    String draw() {
        Source source = Source.of(type, method);
        Svg svg = new Svg(title, description, drawing.height());
        drawing.draw(svg, source.traces());
        String traces = source.traces().size() == 1 ? "trace" : "traces";
        svg.text("note", 20, drawing.height() - 12, "Drawn from the " + traces + " of " + source.from());
        return svg.end();
    }
}
