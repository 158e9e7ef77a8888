package workbook.figures;

/**
 * A figure of CONCEPTS.md.
 *
 * @param name the name of its file, without the extension
 * @param title its title, one line
 * @param description its alternative text
 * @param type the class that runs its script
 * @param method the method of that class, which takes the answer
 */
record Figure(String name, String title, String description, String type, String method, Drawing drawing) {

    /** Runs its script and returns the drawing as SVG. */
    String draw() {
        Source source = Source.of(type, method);
        Svg svg = new Svg(title, description, drawing.height());
        drawing.draw(svg, source.traces());
        String traces = source.traces().size() == 1 ? "trace" : "traces";
        svg.text("note", 20, drawing.height() - 12, "Drawn from the " + traces + " of " + source.from());
        return svg.end();
    }
}
