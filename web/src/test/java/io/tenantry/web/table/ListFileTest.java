package io.tenantry.web.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListFileTest {
    private static final int ROWS = 1_000;
    private static final Wish ALL = new Wish("", Map.of(), "", false, 0, ROWS);
    private static final List<Field<String>> FIELDS = List.of(new Field<>("name", name -> name));

    private int parts = 1;

    @Test
    void isWrittenToTheLastRow() throws IOException {
        var out = new ByteArrayOutputStream();
        try (Sheet sheet = new CsvSheet(out, ZoneOffset.UTC)) {
            ListFile.parts(sheet, FIELDS, ALL, part(), (done, last) -> {
                parts++;
                return parts < 4 ? part() : part().subList(0, 7);
            });
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3 * ROWS + 7);
        assertThat(parts).isEqualTo(4);
    }

    @Test
    void readsNothingMoreForWhoHasGone() {
        assertThatThrownBy(() -> ListFile.parts(
                        new CsvSheet(gone(), ZoneOffset.UTC), FIELDS, ALL, part(), (done, last) -> more()))
                .isInstanceOf(IOException.class);

        assertThat(parts).isLessThan(20);
    }

    @Test
    void readsNothingMoreOfAWorkbookEither() {
        assertThatThrownBy(() -> ListFile.parts(
                        new XlsxSheet(gone(), "Aurora", "Many", ZoneOffset.UTC),
                        FIELDS,
                        ALL,
                        part(),
                        (done, last) -> more()))
                .isInstanceOf(IOException.class);

        assertThat(parts).isLessThan(20);
    }

    private List<String> more() {
        parts++;
        return part();
    }

    /** Nothing that packs well. */
    private static List<String> part() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> UUID.randomUUID().toString())
                .toList();
    }

    /** The line of somebody who reads a little and goes. */
    private static OutputStream gone() {
        return new OutputStream() {
            private int left = 50_000;

            @Override
            public void write(int one) throws IOException {
                left--;
                if (left < 0) {
                    throw new IOException("nobody reads");
                }
            }
        };
    }
}
