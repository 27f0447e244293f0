package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of a real PostgreSQL. */
class RowTest {
    private static final UUID ID = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.000001Z");

    private final RealDatabase.Transaction transaction = RealDatabase.Transaction.begin();
    private final Sql sql = new Sql(transaction.source());

    RowTest() throws SQLException {}

    @BeforeEach
    void enter() {
        Tenancy.enter(RealDatabase.AURORA);
    }

    @AfterEach
    void leave() throws SQLException {
        Tenancy.clear();
        transaction.close();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                type("'" + ID + "'::uuid", row -> row.uuid("it"), ID),
                type("'a'::text", row -> row.text("it"), "a"),
                type("timestamptz '2026-03-10 13:00:00.000001+01'", row -> row.instant("it"), NOON),
                type("date '2026-03-10'", row -> row.date("it"), LocalDate.of(2026, 3, 10)),
                type("0.01000000::numeric(20, 8)", row -> row.decimal("it"), new BigDecimal("0.01000000")),
                type("42", row -> row.whole("it"), 42),
                type("9000000000", row -> row.big("it"), 9_000_000_000L),
                type("true", row -> row.flag("it"), true),
                type("false", row -> row.flag("it"), false),
                type("'\\x0102'::bytea", row -> row.bytes("it"), new byte[] {1, 2}),
                type("array['a', 'b']", row -> row.texts("it"), List.of("a", "b")),
                type("'" + ID + "'::uuid", row -> row.maybeUuid("it").orElseThrow(), ID),
                type("'a'::text", row -> row.maybeText("it").orElseThrow(), "a"),
                type(
                        "timestamptz '2026-03-10 13:00:00.000001+01'",
                        row -> row.maybeInstant("it").orElseThrow(),
                        NOON),
                type("1.5", row -> row.maybeDecimal("it").orElseThrow(), new BigDecimal("1.5")),
                type("'\\x0102'::bytea", row -> row.maybeBytes("it").orElseThrow(), new byte[] {1, 2}));
    }

    private static Arguments type(String expression, Function<Row, Object> column, Object value) {
        return Arguments.of(expression, column, value);
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsEachType(String expression, Function<Row, Object> column, Object value) {
        assertThat(it(expression, column)).isEqualTo(value);
    }

    static Stream<Arguments> optional() {
        return Stream.of(
                column("uuid", row -> row.maybeUuid("it")),
                column("text", row -> row.maybeText("it")),
                column("timestamptz", row -> row.maybeInstant("it")),
                column("numeric", row -> row.maybeDecimal("it")),
                column("bytea", row -> row.maybeBytes("it")));
    }

    static Stream<Arguments> required() {
        return Stream.of(
                column("uuid", row -> row.uuid("it")),
                column("text", row -> row.text("it")),
                column("timestamptz", row -> row.instant("it")),
                column("date", row -> row.date("it")),
                column("numeric", row -> row.decimal("it")),
                column("int", row -> row.whole("it")),
                column("bigint", row -> row.big("it")),
                column("boolean", row -> row.flag("it")),
                column("bytea", row -> row.bytes("it")),
                column("text[]", row -> row.texts("it")));
    }

    private static Arguments column(String type, Function<Row, Object> column) {
        return Arguments.of(type, column);
    }

    @ParameterizedTest
    @MethodSource("optional")
    void nullOfOptionalColumnIsEmpty(String type, Function<Row, Object> column) {
        assertThat(it("null::" + type, column)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("required")
    void reportsNullOfRequiredColumn(String type, Function<Row, Object> column) {
        assertThatThrownBy(() -> it("null::" + type, column)).hasMessage("column it is null");
    }

    @ParameterizedTest
    @MethodSource({"required", "optional"})
    void reportsColumnMissingFromQuery(String type, Function<Row, Object> column) {
        assertThatThrownBy(() -> sql.one("select null::" + type + " as other", column))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("it was not found");
    }

    private <T> T it(String expression, Function<Row, T> column) {
        return sql.one("select " + expression + " as it", column);
    }
}
