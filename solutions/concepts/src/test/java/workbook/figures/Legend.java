package workbook.figures;

/** The legend, a line below the title. */
final class Legend {

    private static final double Y = 50;
    /** The approximate width of a character: fonts differ. */
    private static final double LETTER = 6.1;

    private final Svg svg;
    private double x = 20;

    Legend(Svg svg) {
        this.svg = svg;
    }

    Legend dot(String style, String meaning) {
        svg.circle(style, x + 5, Y - 4, 5);
        return words(16, meaning);
    }

    Legend cross(String style, String meaning) {
        svg.cross(style, x + 5, Y - 4);
        return words(16, meaning);
    }

    Legend line(String style, String meaning) {
        svg.line(style, x, Y - 4, x + 22, Y - 4);
        return words(28, meaning);
    }

    private Legend words(double indent, String meaning) {
        svg.text("small", x + indent, Y, meaning);
        x += indent + LETTER * meaning.length() + 26;
        return this;
    }
}
