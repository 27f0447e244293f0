package io.tenantry.web.list;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer of a file of rows while they are read. */
interface RowWriter extends Closeable {
    /** Writes the first line: owner, title and date. */
    void title(List<String> cells) throws IOException;

    /** Writes the column headers. */
    void heads(List<String> cells) throws IOException;

    /** Writes a row: texts, numbers, moments; null for an empty cell. */
    void row(List<@Nullable Object> cells) throws IOException;
}
