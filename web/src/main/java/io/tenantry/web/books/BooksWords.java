package io.tenantry.web.books;

import io.tenantry.books.JournalEntry;
import io.tenantry.books.JournalEntry.Leg;
import io.tenantry.ledger.Ledger.AccountKind;
import io.tenantry.money.Money;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Words about accounts and entries of the books. */
@Named
@RequestScoped
public class BooksWords {
    @Inject
    Fmt fmt;

    /** What accounts of a kind are called; all wallets together. */
    public String account(AccountKind kind) {
        return fmt.text("books.account." + kind);
    }

    /** What a leg is of: whose wallet, or how many. */
    public String account(Leg leg) {
        return leg.customer()
                .map(customer -> fmt.text("books.wallet-of", customer))
                .orElseGet(
                        () -> leg.accounts() > 1 ? fmt.text("books.wallets", leg.accounts()) : account(leg.account()));
    }

    /** What an entry comes from. */
    public String origin(JournalEntry entry) {
        return fmt.text("books.origin." + entry.origin());
    }

    /** What sort of entry it is. */
    public String kind(JournalEntry entry) {
        return fmt.text("statement.kind." + entry.kind().toLowerCase(Locale.ROOT));
    }

    /** A balance without a sign, and on which side it is. */
    public String balance(Money balance) {
        if (balance.isZero()) {
            return fmt.money(balance);
        }
        return balance.isNegative()
                ? fmt.text("books.on-debit", fmt.money(balance.negated()))
                : fmt.text("books.on-credit", fmt.money(balance));
    }

    /** The same with all decimals. */
    public String exactBalance(Money balance) {
        return fmt.money(balance, true, false);
    }
}
