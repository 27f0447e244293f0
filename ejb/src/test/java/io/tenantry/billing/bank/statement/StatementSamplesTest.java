package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One invented file of each supported bank and service, with its expected outcome. */
class StatementSamplesTest {
    static final String FOLDER = "/io/tenantry/billing/bank/samples/";

    /** Files without a header, with the column mappings a user must supply. */
    private static final Map<String, ColumnMapping> MAPPINGS = Map.of(
            "raiffeisen-at.csv", mapping(0, 3, 1, ColumnRole.CURRENCY, 4),
            "bawag.csv", mapping(2, 4, 1, ColumnRole.CURRENCY, 5),
            "hsbc-uk.csv", mapping(0, 2, 1, ColumnRole.PURPOSE, 1),
            "wells-fargo.csv", mapping(0, 1, 4, ColumnRole.PURPOSE, 4));

    /** Archives, with the sample each contains. */
    private static final Map<String, String> ARCHIVES = Map.of("sparkasse-camt053.zip", "sparkasse-camt053-v02.xml");

    private static ColumnMapping mapping(int date, int amount, int purpose, ColumnRole other, int at) {
        return new ColumnMapping(Map.of(
                ColumnRole.DATE,
                List.of(date),
                ColumnRole.AMOUNT,
                List.of(amount),
                ColumnRole.PURPOSE,
                List.of(purpose),
                other == ColumnRole.PURPOSE ? ColumnRole.ACCOUNT : other,
                other == ColumnRole.PURPOSE ? List.of() : List.of(at)));
    }

    /** A file, the reader's currency and country, and the expected outcome. */
    record Sample(String file, String currency, String country, String expected) {
        byte[] content() {
            var contained = ARCHIVES.get(file);
            return contained == null ? resource(file) : StatementFilesTest.zip(Map.of(contained, resource(contained)));
        }

        CsvProfile profile() {
            return Optional.ofNullable(MAPPINGS.get(file))
                    .map(mapping -> CsvProfile.DETECT
                            .withHeaderLine(0)
                            .withColumns(mapping)
                            .withOthersConfirmed())
                    .orElse(CsvProfile.DETECT);
        }

        ReadDefaults defaults() {
            return Reading.defaults(currency, country);
        }

        List<BankStatement> read() throws UnreadableStatement {
            var read = new ArrayList<BankStatement>();
            for (var one : StatementReader.open(file, content())) {
                read.add(StatementReader.read(one, profile(), defaults()));
            }
            return read;
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static byte[] resource(String name) {
        try (var in = StatementSamplesTest.class.getResourceAsStream(FOLDER + name)) {
            return java.util.Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    static Stream<Sample> samples() {
        return new String(resource("expected.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|", 4))
                .map(cells -> new Sample(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsASampleAsTheBankDefinesIt(Sample sample) throws UnreadableStatement {
        assertThat(Reading.summary(sample.read())).isEqualTo(sample.expected());
    }

    @Test
    void everySampleIsDocumentedAndHasAnExpectation() throws IOException {
        var folder = Path.of("src/test/resources" + FOLDER);
        var root = Files.exists(folder) ? Path.of("..") : Path.of(".");
        var docs = Files.readString(root.resolve("docs/bank-statements.md"));
        List<String> files;
        try (var all = Files.list(root.resolve("ejb/src/test/resources" + FOLDER))) {
            files = Stream.concat(all.map(file -> file.getFileName().toString()), ARCHIVES.keySet().stream())
                    .filter(name -> !name.equals("expected.txt"))
                    .sorted()
                    .toList();
        }
        assertThat(samples().map(Sample::file).sorted().toList()).isEqualTo(files);
        assertThat(files)
                .hasSizeGreaterThan(30)
                .allSatisfy(file -> assertThat(docs).contains("`" + file + "`"));
    }
}
