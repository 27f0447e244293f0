package io.tenantry.billing.wallet;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.function.Consumer;

/** Non-hourly charges to wallets, and their refunds, as the product makes them. */
public final class ItemsCharged {
    private ItemsCharged() {}

    /** Charges an item of that price. */
    public static void take(BillingFixture billingFixture, UUID wallet, String price, String source) {
        billingFixture.in(() -> items(billingFixture).charge(item(billingFixture, wallet, price, source)));
        billingFixture.topUp(wallet, "0");
    }

    /** Refunds an item of that price. */
    public static void giveBack(BillingFixture billingFixture, UUID wallet, String price, String source) {
        billingFixture.in(() -> items(billingFixture).refund(item(billingFixture, wallet, price, source)));
        billingFixture.topUp(wallet, "0");
    }

    private static OneTimeCharge item(BillingFixture billingFixture, UUID wallet, String price, String source) {
        return new OneTimeCharge(
                wallet,
                billingFixture.money(price),
                source,
                "a thing",
                UUID.randomUUID().toString());
    }

    /** Returns charges of items whose movements have no observer. */
    public static ItemCharges items(BillingFixture billingFixture) {
        return new ItemCharges(wallets(billingFixture));
    }

    /** Returns wallets whose movements have no observer. */
    public static Wallets wallets(BillingFixture billingFixture) {
        return wallets(billingFixture, moved -> {});
    }

    /** Returns wallets whose movements are observed. */
    public static Wallets wallets(BillingFixture billingFixture, Consumer<WalletBalanceChanged> listener) {
        var wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        wallets.moved = eventTo(listener);
        wallets.tenants = new TenantDirectory(Database.administration());
        return wallets;
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> eventTo(Consumer<WalletBalanceChanged> listener) {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                ItemsCharged.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    listener.accept((WalletBalanceChanged) arguments[0]);
                    return null;
                });
    }
}
