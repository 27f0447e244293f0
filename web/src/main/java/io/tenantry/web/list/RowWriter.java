package io.tenantry.web.list;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows that is written while they are read. */
interface RowWriter extends Closeable {
    /** The first line: whose it is, what it is, and of when. */
    void title(List<String> cells) throws IOException;

    /** What the columns are called. */
    void heads(List<String> cells) throws IOException;

    /** A row: texts, numbers, moments; nothing for an empty cell. */
    void row(List<@Nullable Object> cells) throws IOException;
}
