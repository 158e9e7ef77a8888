package workbook.figures;

import java.util.List;
import workbook.check.script.Trace;

/** One kind of figure. */
interface Drawing {

    /** How high the figure is, in pixels. */
    int height();

    /**
     * Draws what the traces say, below the title and above the last thirty pixels.
     *
     * @throws AssertionError if they say something else than the figure's own reckoning, such as which hours are open
     */
    void draw(Svg svg, List<Trace> traces);
}
