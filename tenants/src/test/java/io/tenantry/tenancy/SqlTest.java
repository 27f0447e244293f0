package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements on a real PostgreSQL, as a tenant. */
class SqlTest {
    private static final UUID ID = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");

    private final RealDatabase.Transaction transaction = RealDatabase.Transaction.begin();
    private final Sql sql = new Sql(transaction.source());

    SqlTest() throws SQLException {}

    @BeforeEach
    void enter() {
        Tenancy.enter(RealDatabase.AURORA);
    }

    @AfterEach
    void leave() throws SQLException {
        Tenancy.clear();
        transaction.close();
        JndiNames.nothing();
    }

    @Test
    void returnsNumberOfChangedRows() {
        assertThat(sql.update("insert into note values ('a'), ('b'), ('c')")).isEqualTo(3);
        assertThat(sql.update("delete from note where body <> ?", "a")).isEqualTo(2);
        assertThat(sql.update("delete from note where body = 'none'")).isZero();
    }

    @Test
    void returnsAllRowsInOrder() {
        assertThat(sql.query("select n from generate_series(1, ?) n order by n desc", row -> row.whole("n"), 3))
                .containsExactly(3, 2, 1);
    }

    @Test
    void returnsFirstRowIfAny() {
        assertThat(sql.first("select n from generate_series(1, 3) n order by n", row -> row.whole("n")))
                .contains(1);
        assertThat(sql.first("select body from note", row -> row.text("body"))).isEmpty();
    }

    @Test
    void namesQueryThatReturnedNoRow() {
        assertThatThrownBy(() -> sql.one("select body from note", row -> row.text("body")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("query returned no row: select body from note");
    }

    @Test
    void changesManyRowsInOneBatch() {
        sql.batch("insert into note values (?)", List.of(new Object[] {"a"}, new Object[] {"b"}));

        assertThat(sql.query("select body from note order by body", row -> row.text("body")))
                .containsExactly("a", "b");
    }

    @Test
    void bindsParametersOfEachType() {
        assertThat(isSame("?::uuid = '" + ID + "'", ID)).isTrue();
        assertThat(isSame("? = 'a'", "a")).isTrue();
        assertThat(isSame("? = 42", 42)).isTrue();
        assertThat(isSame("?", true)).isTrue();
        assertThat(isSame(
                        "? = timestamptz '2026-03-10 13:00:00.000001+01'",
                        Instant.parse("2026-03-10T12:00:00.000001Z")))
                .isTrue();
        assertThat(isSame("? = date '2026-03-10'", LocalDate.of(2026, 3, 10))).isTrue();
        assertThat(isSame("? = 'EUR'", Currency.getInstance("EUR"))).isTrue();
        assertThat(isSame("? = 'MONDAY'", DayOfWeek.MONDAY)).isTrue();
        assertThat(isSame("? = '\\x0102'::bytea", new byte[] {1, 2})).isTrue();
        assertThat(isSame("?::text is null", new Object[] {null})).isTrue();
    }

    @Test
    void bindsArrayAsOneParameter() {
        assertThat(isSame("? = array['" + ID + "'::uuid]", new Object[] {new UUID[] {ID}}))
                .isTrue();
        assertThat(isSame("? = array['a', 'b']", new Object[] {new String[] {"a", "b"}}))
                .isTrue();
    }

    @Test
    void bindsParametersInOrder() {
        assertThat(sql.first("select ? || ? || ? as it", row -> row.text("it"), "a", "b", "c"))
                .contains("abc");
    }

    @Test
    void distinguishesDuplicateFromOtherFailures() {
        sql.update("insert into note values ('a')");

        assertThatThrownBy(() -> sql.update("insert into note values ('a')"))
                .isInstanceOfSatisfying(SqlFailure.class, failure -> {
                    assertThat(failure.isDuplicate()).isTrue();
                    assertThat(failure.isTransient()).isFalse();
                    assertThat(failure.state()).isEqualTo("23505");
                    assertThat(failure).hasMessageContaining("note_body_key");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "40001, true",
        "40P01, true",
        "55P03, true",
        "08006, true",
        "08001, true",
        "57P01, true",
        "57014, false",
        "40002, false",
        "55000, false",
        "23505, false",
        "23503, false"
    })
    void classifiesTransientFailures(String state, boolean again) {
        var failure = new SqlFailure(new SQLException("refused", state));

        assertThat(failure.isTransient()).isEqualTo(again);
        assertThat(failure.isDuplicate()).isEqualTo(state.equals("23505"));
    }

    @Test
    void failureWithoutStateIsNotTransient() {
        var failure = new SqlFailure(new SQLException("refused"));

        assertThat(failure.state()).isEmpty();
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void looksUpDatasourceOnFirstUse() {
        var ofTheServer = new Sql();
        JndiNames.offer("java:/jdbc/tenantry", transaction.source());
        assertThat(ofTheServer.first("select current_user::text as it", row -> row.text("it")))
                .contains("tn_aurora");

        JndiNames.nothing();
        assertThat(ofTheServer.update("insert into note values ('kept')")).isEqualTo(1);
    }

    private boolean isSame(String comparison, @Nullable Object... parameters) {
        return sql.one("select " + comparison + " as it", row -> row.flag("it"), parameters);
    }
}
