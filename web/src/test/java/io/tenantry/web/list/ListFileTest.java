package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListFileTest {
    private static final int ROWS = 1_000;
    private static final ListQuery ALL = new ListQuery("", Map.of(), "", false, 0, ROWS);
    private static final List<Field<String>> FIELDS = List.of(new Field<>("name", name -> name));
    private static final ListFile.Layout<String> LAYOUT = new ListFile.Layout<>(FIELDS, List::of);

    private int parts = 1;

    @Test
    void writesAllRows() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new CsvWriter(out, ZoneOffset.UTC)) {
            ListFile.parts(rowWriter, LAYOUT, ALL, part(), bounded((done, last) -> {
                parts++;
                return parts < 4 ? part() : parts == 4 ? part().subList(0, 7) : List.of();
            }));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3 * ROWS + 7);
        assertThat(parts).isEqualTo(5);
    }

    /** Rows are read and counted, lines are written: a row with two amounts does not make the next part start too late. */
    @Test
    void writesSeveralLinesOfARow() throws IOException {
        var out = new ByteArrayOutputStream();
        var layout = new ListFile.Layout<String>(FIELDS, row -> List.of(row + "-EUR", row + "-USD"));
        var starts = new ArrayList<Integer>();
        try (RowWriter rowWriter = new CsvWriter(out, ZoneOffset.UTC)) {
            ListFile.parts(rowWriter, layout, ALL, part(), bounded((done, last) -> {
                starts.add(done);
                return starts.size() == 1 ? List.of("last") : List.of();
            }));
        }

        assertThat(starts).containsExactly(ROWS, ROWS + 1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2 * ROWS + 2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("last-EUR", "last-USD");
    }

    @Test
    void stopsReadingWhenClientDisconnects() {
        assertThatThrownBy(() -> ListFile.parts(
                        new CsvWriter(gone(), ZoneOffset.UTC), LAYOUT, ALL, part(), bounded((done, last) -> more())))
                .isInstanceOf(IOException.class);

        assertThat(parts).isLessThan(20);
    }

    @Test
    void stopsReadingWorkbookWhenClientDisconnects() {
        assertThatThrownBy(() -> ListFile.parts(
                        new XlsxWriter(gone(), "Aurora", "Many", ZoneOffset.UTC),
                        LAYOUT,
                        ALL,
                        part(),
                        bounded((done, last) -> more())))
                .isInstanceOf(IOException.class);

        assertThat(parts).isLessThan(20);
    }

    @Test
    void reportsTruncation() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new CsvWriter(out, ZoneOffset.UTC)) {
            assertThat(ListFile.parts(
                            rowWriter, LAYOUT, ALL, part(), new ListFile.Bounded<>((done, last) -> more(), 3 * ROWS)))
                    .isTrue();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3 * ROWS);
        try (RowWriter rowWriter = new CsvWriter(new ByteArrayOutputStream(), ZoneOffset.UTC)) {
            assertThat(ListFile.parts(
                            rowWriter, LAYOUT, ALL, part(), new ListFile.Bounded<>((done, last) -> List.of(), ROWS)))
                    .isFalse();
        }
    }

    /** Rows are inserted and deleted in a list of 5,000 while it is read: every row that exists throughout is written once. */
    @Test
    void concurrentChangesNeitherRepeatNorHideRows() throws IOException {
        var list = new ArrayList<>(
                IntStream.range(0, 5_000).mapToObj(row -> "row-" + row).toList());
        var stable = new StableParts<String>(
                ALL,
                listQuery -> {
                    var part = List.copyOf(list.subList(
                            Math.min(listQuery.first(), list.size()),
                            Math.min(listQuery.first() + listQuery.limit(), list.size())));
                    parts++;
                    if (parts % 2 == 0) {
                        IntStream.range(0, 40).forEach(row -> list.add(0, "new-" + parts + "-" + row));
                    } else {
                        list.subList(100, 150).clear();
                    }
                    return part;
                },
                row -> row);
        var out = new ByteArrayOutputStream();
        var original = List.copyOf(list);
        try (RowWriter rowWriter = new CsvWriter(out, ZoneOffset.UTC)) {
            var first = stable.first(List.copyOf(list.subList(0, ROWS)));
            ListFile.parts(rowWriter, LAYOUT, ALL, first, bounded((done, last) -> stable.next()));
        }
        var written = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("[^a-z0-9-]", ""))
                .toList();
        assertThat(written).doesNotHaveDuplicates();
        assertThat(written).containsAll(original.stream().filter(list::contains).toList());
    }

    /** What is read by number from a list that changes repeats and hides rows, unless they are known by a key. */
    @Test
    void everyFileReadsByKeyStablyOrAsWhole() throws IOException {
        var root = Path.of("src/main/java");
        try (var all = Files.walk(Files.exists(root) ? root : Path.of("web").resolve(root))) {
            var files = new TreeMap<String, String>();
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var source = Files.readString(file);
                if (source.contains(" extends ListFile<")) {
                    files.put(file.getFileName().toString(), source);
                }
            }
            assertThat(files)
                    .hasSizeGreaterThan(15)
                    .allSatisfy((name, source) -> assertThat(source)
                            .as(name)
                            .containsAnyOf(
                                    "Object key(",
                                    "ListQuery following(",
                                    "lines.subList(",
                                    "entries of a charge never change"));
        }
    }

    private static ListFile.Bounded<String> bounded(BiFunction<Integer, String, List<String>> more) {
        return new ListFile.Bounded<>(more, 1_000_000);
    }

    private List<String> more() {
        parts++;
        return part();
    }

    /** Data that compresses poorly. */
    private static List<String> part() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> UUID.randomUUID().toString())
                .toList();
    }

    /** The stream of a client that reads a little and disconnects. */
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
