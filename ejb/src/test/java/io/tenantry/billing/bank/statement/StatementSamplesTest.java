package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "wells-fargo.csv", mapping(0, 1, 4, ColumnRole.PURPOSE, 4),
            "otp-no-header.csv", mapping(4, 2, 9, ColumnRole.CURRENCY, 3),
            "santander-pl.csv", mapping(0, 5, 2, ColumnRole.PAYER, 3),
            "mollie-payments.csv",
                    new ColumnMapping(Map.of(
                            ColumnRole.DATE,
                            List.of(0),
                            ColumnRole.AMOUNT,
                            List.of(3),
                            ColumnRole.CURRENCY,
                            List.of(2),
                            ColumnRole.STATUS,
                            List.of(4),
                            ColumnRole.PURPOSE,
                            List.of(6))),
            "sumup-transactions.csv", mapping(1, 17, 11, ColumnRole.STATUS, 4));

    private static final Set<String> WITH_HEADER = Set.of("mollie-payments.csv", "sumup-transactions.csv");

    /** Files in an encoding of central Europe, which a user must choose. */
    private static final Set<String> CENTRAL_EUROPEAN = Set.of("pko-bp.csv", "mbank.csv", "ing-pl.csv", "csob-cz.csv");

    /** Files with lines above the table that a user must accept, such as the customer's name or a remark about filters. */
    private static final Set<String> WITH_LINES = Set.of("mbank.csv", "ing-pl.csv");

    /** Files with columns of unknown meaning, which a user must mark as not mattering. */
    private static final Set<String> WITH_OTHERS = Set.of("ing-pl.csv", "payoneer.csv");

    /** Lists of collected payments, whose amounts have no sign: a user must state that they are incoming. */
    private static final Set<String> UNSIGNED = Set.of("gocardless-payments.csv", "mollie-payments.csv");

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

        /** Whether a user has to answer something before money can be credited. */
        boolean isAsking() {
            return Stream.of(MAPPINGS.keySet(), CENTRAL_EUROPEAN, WITH_LINES, WITH_OTHERS, UNSIGNED)
                    .anyMatch(files -> files.contains(file));
        }

        CsvProfile profile() throws UnreadableStatement {
            var profile = Optional.ofNullable(MAPPINGS.get(file))
                    .map(mapping -> (WITH_HEADER.contains(file)
                                    ? CsvProfile.DETECT
                                    : CsvProfile.DETECT.withHeaderLine(0))
                            .withColumns(mapping)
                            .withOthersConfirmed())
                    .orElse(CsvProfile.DETECT);
            if (CENTRAL_EUROPEAN.contains(file)) {
                profile = Reading.in("windows-1250", profile);
            }
            if (UNSIGNED.contains(file)) {
                profile = Reading.incoming(profile);
            }
            if (WITH_OTHERS.contains(file)) {
                profile = profile.withOthersConfirmed();
            }
            return WITH_LINES.contains(file)
                    ? profile.withAcceptedLines(
                            Reading.read(content(), profile, defaults()).unknownLines())
                    : profile;
        }

        ReadDefaults defaults() {
            return Reading.defaults(currency, country);
        }

        List<BankStatement> read() throws UnreadableStatement {
            return read(profile());
        }

        List<BankStatement> read(CsvProfile profile) throws UnreadableStatement {
            var read = new ArrayList<BankStatement>();
            for (var one : StatementReader.open(file, content())) {
                read.add(StatementReader.read(one, profile, defaults()));
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

    static Stream<Sample> asking() {
        return samples().filter(Sample::isAsking);
    }

    @ParameterizedTest
    @MethodSource("asking")
    void creditsNothingBeforeAUserAnswers(Sample sample) {
        try {
            assertThat(sample.read(CsvProfile.DETECT))
                    .flatExtracting(BankStatement::transactions)
                    .allSatisfy(booked -> assertThat(booked.amount()).isNegative());
        } catch (UnreadableStatement refused) {
            assertThat(refused.problem().reason()).isIn(Reason.ENCODING, Reason.NO_COLUMN, Reason.AMBIGUOUS_COLUMN);
        }
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
