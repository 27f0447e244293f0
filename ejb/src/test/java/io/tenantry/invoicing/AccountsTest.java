package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Accounts.What;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.Wallets.Span;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an organization had, what came and went and what is left, for any time. 7.30 a month is 0.01 an hour. */
class AccountsTest {
    private static final Span IN_OCTOBER = new Span(OCTOBER.from(), OCTOBER.to());
    private static final Span SINCE = new Span(OCTOBER.to(), Instant.parse("2026-11-30T23:00:00Z"));

    private static Office office;
    private static Books books;
    private static Accounts accounts;
    private static UUID wallet;
    private static UUID organization;

    @BeforeAll
    static void open() {
        office = TaxedOffice.open("accounts", false);
        books = office.books;
        accounts = new Accounts(books.sql, new Access(books.sql), new TenantDirectory(Database.administration()));
        wallet = TaxedOffice.wallet(office, "DE");
        organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = books.rent(wallet, books.price("7.30"), RENTED);
        ItemsTaken.take(books, wallet, "10", "transfer-pack:" + UUID.randomUUID());
        ItemsTaken.giveBack(books, wallet, "1", "setup:1");
        books.charge(OCTOBER.to());
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
        books.end(rented, IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
    }

    private static Accounts.Account of(Span span) {
        return books.in(() -> accounts.of(organization, span));
    }

    @Test
    void aTimesMovementsLeadFromWhatWasToWhatIs() {
        var october = of(IN_OCTOBER);
        var since = of(SINCE);

        assertThat(october.before().isZero()).isTrue();
        assertThat(october.movements())
                .extracting(Accounts.Movement::what)
                .containsExactly(What.HOURS, What.PACK, What.OTHER);
        // 515 hours of 0.01 and 19 percent upon them; the top-up of tests is neither paid in by hand nor anything else.
        assertThat(october.movements().get(0).amount()).isEqualTo(books.money("-6.1285"));
        assertThat(october.movements().get(1).amount()).isEqualTo(books.money("-11.90"));
        assertThat(october.documents()).isEmpty();

        assertThat(since.before()).isEqualTo(october.after());
        assertThat(since.after()).isEqualTo(books.balance(wallet));
        assertThat(since.movements()).extracting(Accounts.Movement::what).containsExactly(What.HOURS, What.ROUNDING);
        assertThat(since.documents())
                .singleElement()
                .satisfies(document -> assertThat(document.number()).startsWith("INV-2026-"));
    }

    @Test
    void allTimesTogetherAreTheBalance() {
        var all = of(Span.ALL);

        assertThat(all.before().isZero()).isTrue();
        assertThat(all.after()).isEqualTo(books.balance(wallet));
        assertThat(all.walletId()).contains(wallet);
    }

    @Test
    void aStrangerSeesNoAccount() {
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(books.tenant, () -> accounts.of(organization, Span.ALL)))
                    .isInstanceOf(NotVisible.class);
        }
    }
}
