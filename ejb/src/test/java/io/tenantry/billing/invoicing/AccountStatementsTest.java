package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.AccountStatements.EntryType;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.WalletStatements.StatementPeriod;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An organization's opening balance, movements and closing balance, for any period. 7.30 a month is 0.01 an hour. */
class AccountStatementsTest {
    private static final StatementPeriod IN_OCTOBER = new StatementPeriod(OCTOBER.from(), OCTOBER.to());
    private static final StatementPeriod SINCE =
            new StatementPeriod(OCTOBER.to(), Instant.parse("2026-11-30T23:00:00Z"));

    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static AccountStatements accountStatements;
    private static UUID wallet;
    private static UUID organization;

    @BeforeAll
    static void open() {
        invoicingFixture = GermanTaxFixture.open("accounts", false);
        billingFixture = invoicingFixture.billingFixture;
        accountStatements = new AccountStatements(
                billingFixture.sql, new Access(billingFixture.sql), new TenantDirectory(Database.administration()));
        wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(billingFixture, wallet, "10", "transfer-pack:" + UUID.randomUUID());
        ItemsCharged.giveBack(billingFixture, wallet, "1", "setup:1");
        billingFixture.charge(OCTOBER.to());
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        billingFixture.end(rented, IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
    }

    private static AccountStatements.Account of(StatementPeriod statementPeriod) {
        return billingFixture.in(() -> accountStatements.of(organization, statementPeriod));
    }

    @Test
    void movementsOfAPeriodLeadFromOpeningToClosingBalance() {
        var october = of(IN_OCTOBER);
        var since = of(SINCE);

        assertThat(october.before().isZero()).isTrue();
        assertThat(october.movements())
                .extracting(AccountStatements.Movement::what)
                .containsExactly(EntryType.HOURS, EntryType.PACK, EntryType.OTHER);
        // 515 hours of 0.01 plus 19 percent tax; the tests' top-up is neither a manual payment nor anything else.
        assertThat(october.movements().get(0).amount()).isEqualTo(billingFixture.money("-6.1285"));
        assertThat(october.movements().get(1).amount()).isEqualTo(billingFixture.money("-11.90"));
        assertThat(october.documents()).isEmpty();

        assertThat(since.before()).isEqualTo(october.after());
        assertThat(since.after()).isEqualTo(billingFixture.balance(wallet));
        assertThat(since.movements())
                .extracting(AccountStatements.Movement::what)
                .containsExactly(EntryType.HOURS, EntryType.ROUNDING);
        assertThat(since.documents())
                .singleElement()
                .satisfies(document -> assertThat(document.number()).startsWith("INV-2026-"));
    }

    @Test
    void allPeriodsAddUpToTheBalance() {
        var all = of(StatementPeriod.ALL);

        assertThat(all.before().isZero()).isTrue();
        assertThat(all.after()).isEqualTo(billingFixture.balance(wallet));
        assertThat(all.walletId()).contains(wallet);
    }

    @Test
    void requiresPermission() {
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> accountStatements.of(organization, StatementPeriod.ALL)))
                    .isInstanceOf(NotFoundException.class);
        }
    }
}
