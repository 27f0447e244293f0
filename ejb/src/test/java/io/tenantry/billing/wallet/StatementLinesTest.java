package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.WalletStatements.LineSelection;
import io.tenantry.billing.wallet.WalletStatements.StatementPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statement of a wallet that was topped up and pays for a service, part by part and narrowed. */
class StatementLinesTest {
    private static final Instant NOON = Instant.parse("2026-11-10T11:00:00Z");
    private static final int HOURS = 9;

    private static BillingFixture billingFixture;
    private static WalletStatements statements;
    private static UUID wallet;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("statement", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        statements = new WalletStatements(billingFixture.sql);
        wallet = billingFixture.wallet("100");
        billingFixture.rent(wallet, billingFixture.price("7.30"), NOON);
        for (var hour = 1; hour <= HOURS; hour++) {
            billingFixture.clock.stopAt(NOON.plus(Duration.ofHours(hour)));
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)));
        }
        billingFixture.topUp(wallet, "50");
    }

    @Test
    void continuesWithoutGapOrRepetition() {
        var all = lines(LineSelection.ALL, Long.MAX_VALUE, 1_000);
        var parts = new ArrayList<WalletStatements.StatementLine>();
        var before = Long.MAX_VALUE;
        for (var part = lines(LineSelection.ALL, before, 3);
                !part.isEmpty();
                part = lines(LineSelection.ALL, before, 3)) {
            parts.addAll(part);
            before = part.get(part.size() - 1).entryId();
        }

        assertThat(parts).isEqualTo(all).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheRunningBalanceWhenRowsAreFilteredOut() {
        var all = lines(LineSelection.ALL, Long.MAX_VALUE, 1_000);
        for (var at = 0; at + 1 < all.size(); at++) {
            assertThat(all.get(at).balanceAfter().minus(all.get(at).amount()))
                    .isEqualTo(all.get(at + 1).balanceAfter());
        }
        var credits = lines(new LineSelection(StatementPeriod.ALL, Optional.of("CREDIT")), Long.MAX_VALUE, 1_000);

        assertThat(credits)
                .hasSize(2)
                .allSatisfy(statementLine -> assertThat(all).contains(statementLine));
        assertThat(credits.get(0).balanceAfter()).isEqualTo(billingFixture.balance(wallet));
    }

    @Test
    void filtersByTimeAndKind() {
        var statementPeriod = new StatementPeriod(NOON.plus(Duration.ofHours(2)), NOON.plus(Duration.ofHours(5)));
        var charges = lines(new LineSelection(statementPeriod, Optional.of("CHARGE")), Long.MAX_VALUE, 1_000);

        assertThat(charges).extracting(WalletStatements.StatementLine::at).containsExactly(at(5), at(4), at(3));
        assertThat(lines(new LineSelection(statementPeriod, Optional.of("CREDIT")), Long.MAX_VALUE, 1_000))
                .isEmpty();
        assertThat(lines(new LineSelection(statementPeriod, Optional.of("' or true --")), Long.MAX_VALUE, 1_000))
                .isEmpty();
    }

    @Test
    void namesTheServerOfEachLine() {
        var name = billingFixture.in(() -> billingFixture.sql.one("select name from service", row -> row.text("name")));
        var all = lines(LineSelection.ALL, Long.MAX_VALUE, 1_000);

        assertThat(all)
                .filteredOn(statementLine -> statementLine.source().startsWith("service:"))
                .hasSize(1)
                .allSatisfy(statementLine -> assertThat(statementLine.about()).contains(name));
        assertThat(all)
                .filteredOn(statementLine -> !statementLine.source().startsWith("service:"))
                .allSatisfy(statementLine -> assertThat(statementLine.about()).isEmpty());
    }

    private static Instant at(int hour) {
        return NOON.plus(Duration.ofHours(hour));
    }

    private static List<WalletStatements.StatementLine> lines(LineSelection lineSelection, long before, int limit) {
        return billingFixture.in(() -> statements.statement(wallet, lineSelection, before, limit));
    }
}
