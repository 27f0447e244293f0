package io.tenantry.web.chart;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A component that renders the bars of {@code app:bars}, in an {@code svg}. Written in Java rather than in the tag's page: a month has thirty
 * bars of about thirty attributes each, and evaluating a thousand expressions took longer than the rest of a dashboard.
 */
@FacesComponent(BarColumns.TYPE)
public class BarColumns extends UIComponentBase {
    static final String TYPE = "io.tenantry.BarColumns";

    @Override
    public String getFamily() {
        return TYPE;
    }

    /** Renders the {@link BarChart} in the attribute {@code value}. */
    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        var barChart = (BarChart) Objects.requireNonNull(getAttributes().get("value"), "value");
        for (var bar : barChart.bars()) {
            draw(bar, context.getResponseWriter());
        }
    }

    private void draw(BarChart.Bar bar, ResponseWriter writer) throws IOException {
        var element = bar.isLeading() ? "a" : "g";
        writer.startElement(element, this);
        if (bar.isLeading()) {
            attribute(writer, "class", "slot");
            writer.writeURIAttribute("href", bar.href(), null);
        } else {
            attribute(writer, "role", "img");
        }
        attribute(writer, "aria-label", bar.title());
        if (bar.isLeading() || !bar.isEmpty()) {
            attribute(writer, "tabindex", bar.entrance() ? "0" : "-1");
        }
        writer.startElement("title", this);
        writer.writeText(bar.title(), null);
        writer.endElement("title");
        rect(writer, "hit", bar.slotAt(), bar.slotWidth(), null);
        rect(writer, "then", bar.thenAt(), bar.width(), bar.thenColumn());
        rect(writer, "now", bar.nowAt(), bar.width(), bar.nowColumn());
        rect(writer, "credited", bar.nowAt(), bar.width(), bar.creditedColumn());
        writer.endElement(element);
    }

    /** Renders a bar; without a column, one as high as the plot. */
    private void rect(
            ResponseWriter writer, String name, BigDecimal at, BigDecimal width, BarChart.@Nullable Column column)
            throws IOException {
        if (column != null && column.isEmpty()) {
            return;
        }
        writer.startElement("rect", this);
        attribute(writer, "class", name);
        attribute(writer, "x", percent(at));
        attribute(writer, "width", percent(width));
        attribute(writer, "y", column == null ? "0" : percent(column.top()));
        attribute(writer, "height", column == null ? "100%" : percent(column.height()));
        if (column != null) {
            attribute(writer, "rx", "3");
        }
        writer.endElement("rect");
    }

    private static void attribute(ResponseWriter writer, String name, String value) throws IOException {
        writer.writeAttribute(name, value, null);
    }

    private static String percent(BigDecimal value) {
        return value.toPlainString() + "%";
    }
}
