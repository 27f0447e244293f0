package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.listing.Wish;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Desk;
import io.tenantry.testing.Database;
import io.tenantry.work.Work;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What vendors sell is read every day, by itself. */
class ReadStockTest {
    private static final String SLUG = "dailies";

    private final Shop shop = new Shop(SLUG);
    private final io.tenantry.work.Desk work = new io.tenantry.work.Desk(shop.desk.tenant);
    private final StockRounds rounds = new Stepped(shop, work);
    private final ReadStock reading = new ReadStock(rounds, shop.desk.accounts);
    private Supplier<Catalogue> sells = () -> Shop.catalogue("5.50", "6.00", "silent");
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void connected() {
        work.clear();
        Database.asOwner("alter table t_dailies.price_version disable trigger user");
        for (var table : List.of(
                "plan_source",
                "provider_account",
                "price_version",
                "plan_region",
                "plan",
                "region",
                "category",
                "notification")) {
            Database.asOwner("delete from t_dailies." + table);
        }
        Database.asOwner("alter table t_dailies.price_version enable trigger user");
        shop.desk.opens(vendor());
        account = shop.desk.account("Main", Shop.PANEL, "token-1");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anAccountIsReadFromTheDayOnAfterItWasConnected() {
        assertThat(begin()).isEqualTo(1);
        assertThat(begin()).isZero();
        assertThat(items("kind || ' ' || key || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .containsExactly("stock round:" + account + " true");
        pass();
        assertThat(shop.size("small").monthly()).isPresent();
        assertThat(items("state || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .containsExactly("OPEN true");
    }

    @Test
    void aPriceThatHasMovedIsToldOnceHoweverOftenItIsRead() {
        begin();
        pass();
        sold();
        sells = () -> Shop.catalogue("6.60", "6.00", "silent");
        pass();
        pass();
        pass();
        assertThat(told()).containsExactly("PRICE_MOVED Main Size small: 5.5 USD \u2192 6.6 USD");
        assertThat(shop.desk.texts("count(*)", "stock_price_move")).containsExactly("1");
        assertThat(shop.desk.texts("version", "price_version"))
                .as("our own price is as it was")
                .containsExactly("1");
    }

    @Test
    void aVendorThatDoesNotSayIsAskedAgainAndWaitsForNobody() {
        begin();
        pass();
        sells = () -> {
            throw new ProviderFailure(Reason.UNREACHABLE, "no route for token-1");
        };
        pass();
        assertThat(items("state || ' ' || attempts || ' ' || error")).containsExactly("OPEN 1 no route for \u2026");
        for (var attempt = 1; attempt < ReadStock.ATTEMPTS_MAX; attempt++) {
            pass();
        }
        assertThat(items("state || ' ' || attempts || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .as("enough for today")
                .containsExactly("OPEN 0 true");
        assertThat(shop.size("small").goneAt()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void anAccountThatIsNoMoreIsReadNoMore() {
        begin();
        shop.desk.as(Desk.OWNER, () -> shop.desk.changes.remove(account));
        pass();
        assertThat(items("state")).containsExactly("DONE");
        assertThat(begin()).isZero();
    }

    @Test
    void ofTwoNodesThatReadTheSameOneIsHeard() {
        begin();
        pass();
        sold();
        sells = () -> {
            sells = () -> Shop.catalogue("6.60", "6.00", "silent");
            work.letLeasesRunOut();
            pass();
            return Shop.catalogue("7.70", "6.00", "silent");
        };
        pass();
        assertThat(told()).containsExactly("PRICE_MOVED Main Size small: 5.5 USD \u2192 6.6 USD");
    }

    private void sold() {
        shop.desk.as(Desk.OWNER, () -> {
            shop.catalog.keepCategory("vps", "VPS", 1);
            return shop.places.adopt(shop.places.find(Wish.of(10)).rows().stream()
                    .map(StockPlaces.Place::id)
                    .toList());
        });
        assertThat(shop.sell(Shop.terms("fra"), shop.item("small"))).isInstanceOf(Selling.Outcome.Done.class);
    }

    private int begin() {
        return shop.desk.as(Desk.OWNER, rounds::begin);
    }

    /** A day goes by. */
    private void pass() {
        shop.desk.clock.stopAt(shop.desk.clock.instant().plus(Duration.ofDays(1)));
        work.makeDue();
        work.work(reading);
    }

    private List<String> items(String expression) {
        return work.column(shop.desk.tenant, expression);
    }

    private List<String> told() {
        return shop.desk.texts("kind || ' ' || subject || ' ' || detail", "notification");
    }

    private Provider vendor() {
        return (Provider) Proxy.newProxyInstance(
                ReadStockTest.class.getClassLoader(), new Class<?>[] {Provider.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("catalogue")) {
                        return sells.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Stepped extends StockRounds {
        private final io.tenantry.tenancy.TenantId tenant;

        Stepped(Shop shop, io.tenantry.work.Desk work) {
            super(shop.desk.sql, work.items, shop.desk.records, shop.taking);
            tenant = shop.desk.tenant;
        }

        @Override
        public Optional<AccountRecords.Kept> account(Work one) {
            return Database.in(tenant, () -> super.account(one));
        }

        @Override
        public StockTaking.Count take(Work one, AccountRecords.Kept account, Catalogue catalogue) {
            return Database.in(tenant, () -> super.take(one, account, catalogue));
        }
    }
}
