package io.tenantry.wallet;

import io.tenantry.charging.Books;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.function.Consumer;

/** What is taken from wallets besides hours, and given back, as the product does it. */
public final class ItemsTaken {
    private ItemsTaken() {}

    /** Takes something of that price. */
    public static void take(Books books, UUID wallet, String price, String source) {
        books.in(() -> wallets(books).take(item(books, wallet, price, source)));
        books.topUp(wallet, "0");
    }

    /** Gives something of that price back. */
    public static void giveBack(Books books, UUID wallet, String price, String source) {
        books.in(() -> wallets(books).giveBack(item(books, wallet, price, source)));
        books.topUp(wallet, "0");
    }

    private static Wallets.Item item(Books books, UUID wallet, String price, String source) {
        return new Wallets.Item(
                wallet, books.money(price), source, "a thing", UUID.randomUUID().toString());
    }

    /** Wallets whose movements nobody hears of. */
    public static Wallets wallets(Books books) {
        return wallets(books, moved -> {});
    }

    /** Wallets of whose movements somebody hears. */
    public static Wallets wallets(Books books, Consumer<WalletMoved> hearer) {
        var wallets = new Wallets(books.sql, books.clock, books.ledger);
        wallets.moved = heard(hearer);
        wallets.tenants = new TenantDirectory(Database.administration());
        return wallets;
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> heard(Consumer<WalletMoved> hearer) {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                ItemsTaken.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    hearer.accept((WalletMoved) arguments[0]);
                    return null;
                });
    }
}
