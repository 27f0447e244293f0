package io.tenantry.web.list;

import io.tenantry.kernel.csv.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer of rows as comma-separated values. Moments are written with their offset, amounts with all their decimals. */
final class CsvWriter implements RowWriter {
    /** The byte order mark, by which spreadsheets detect UTF-8. */
    private static final String MARK = "\uFEFF";

    private final Writer out;
    private final ZoneId zone;

    CsvWriter(OutputStream target, ZoneId zone) throws IOException {
        this.out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        this.zone = zone;
        out.write(MARK);
    }

    @Override
    public void title(List<String> cells) throws IOException {
        heads(cells);
    }

    @Override
    public void heads(List<String> cells) throws IOException {
        Csv.write(out, cells);
    }

    @Override
    public void row(List<@Nullable Object> cells) throws IOException {
        var values = new ArrayList<@Nullable Object>(cells.size());
        cells.forEach(cell -> values.add(value(cell)));
        Csv.write(out, values);
    }

    private @Nullable Object value(@Nullable Object cell) {
        if (cell instanceof Instant moment) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    moment.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
        }
        return cell == null || cell instanceof Number ? cell : cell.toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
