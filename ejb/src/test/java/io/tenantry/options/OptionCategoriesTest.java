package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books;
import io.tenantry.charging.Books.Rented;
import io.tenantry.ledger.Ledger.AccountKind;
import io.tenantry.provider.Progress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is rented beside a server is taxed as the server's plan is. */
class OptionCategoriesTest {
    private static Shed shed;
    private static Books books;

    @BeforeAll
    static void open() {
        shed = new Shed("taxed-shed");
        shed.publish("0.73", "3.65");
        books = shed.books;
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            books.in(() -> books.ledger.account(kind, books.money("0").currency()));
        }
        books.in(() -> {
            books.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, noted_at, noted_by)
                    values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                    """);
            return books.sql.update("""
                    insert into tax_rate (place, category, percent, from_day, noted_at, noted_by)
                    values ('DE', 'REDUCED', 7, '2026-01-01', now(), 'test')
                    """);
        });
    }

    @BeforeEach
    void begin() {
        books.clock.stopAt(Shed.NOON);
        shed.vendor.slow(false);
        shed.vendor.tasks(Progress.done());
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    /** Another server of the same customer, of a plan of that category. */
    private static Rented become(Rented server, UUID price) {
        books.in(() -> books.sql.update(
                "update service set plan_id = (select plan_id from price_version where id = ?) where id = ?",
                price,
                server.service()));
        books.change(server, price, books.clock.instant());
        return server;
    }

    private static UUID reduced() {
        var plan = books.plan();
        books.in(() -> books.sql.update("""
                insert into plan_tax (plan_id, category, from_at, noted_at, noted_by)
                values (?, 'REDUCED', '2026-01-01', now(), 'test')
                """, plan));
        return books.price(plan, 1, "14.60");
    }

    private static String rate(UUID subject) {
        return books.in(() -> books.sql.one(
                "select tax_rate::text as rate from rated_period where service_id = ? and open",
                row -> row.text("rate"),
                subject));
    }

    @Test
    void optionsFollowTheirServerToAPlanOfAnotherCategory() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        Shed.done(shed.backUp(server));
        shed.work(3);
        assertThat(rate(volume.service())).isEqualTo("0.190000");

        books.clock.stopAt(Shed.NOON.plus(Duration.ofMinutes(30)));
        become(server, reduced());

        assertThat(rate(server.service())).isEqualTo("0.070000");
        assertThat(rate(volume.service())).isEqualTo("0.070000");
        assertThat(books.in(() -> books.sql.query(
                        "select tax_rate::text as rate from rated_period where wallet_id = ? and open",
                        row -> row.text("rate"),
                        server.wallet())))
                .hasSize(3)
                .containsOnly("0.070000");
        shed.charge(Duration.ofHours(2));
    }

    @Test
    void whatIsRentedBesideAReducedServerIsReducedFromItsFirstHour() {
        var server = become(shed.server("10"), reduced());
        var before = books.balance(server.wallet());

        var volume = shed.volume(server, 10);

        assertThat(rate(volume.service())).isEqualTo("0.070000");
        assertThat(before.minus(books.balance(server.wallet()))).isEqualTo(books.money("0.0107"));
    }

    @Test
    void aVolumeBearsTheTaxOfTheServerThatItComesTo() {
        var first = shed.server("10");
        var second = become(shed.server(first.wallet()), reduced());
        var volume = shed.volume(first, 10);
        books.in(() -> shed.volumes.detach(volume.service()));
        shed.work(2);
        assertThat(rate(volume.service())).isEqualTo("0.190000");

        books.in(() -> shed.volumes.attach(volume.service(), second.service()));
        shed.work(2);

        assertThat(rate(volume.service())).isEqualTo("0.070000");
        assertThat(rate(first.service())).isEqualTo("0.190000");
        shed.charge(Duration.ofHours(2));
    }
}
