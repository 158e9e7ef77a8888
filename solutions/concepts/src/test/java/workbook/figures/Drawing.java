package workbook.figures;

import java.util.List;
import workbook.check.script.Trace;

/** One kind of figure. */
interface Drawing {

    /** The height of the figure in pixels. */
    int height();

    /**
     * Draws the traces, below the title and above the last thirty pixels.
     *
     * @throws AssertionError if they differ from what the drawing computes, such as which hours are open
     */
    void draw(Svg svg, List<Trace> traces);
}
