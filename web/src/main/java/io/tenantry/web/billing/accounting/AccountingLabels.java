package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.JournalEntry;
import io.tenantry.billing.accounting.JournalEntry.Posting;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Words about accounts and entries of the books. */
@Named
@RequestScoped
public class AccountingLabels {
    @Inject
    Format format;

    /** What accounts of a kind are called; all wallets together. */
    public String account(AccountKind kind) {
        return format.text("accounting.account." + kind);
    }

    /** What a leg is of: whose wallet, or how many. */
    public String account(Posting posting) {
        return posting.customer()
                .map(customer -> format.text("accounting.wallet-of", customer))
                .orElseGet(() -> posting.accounts() > 1
                        ? format.text("accounting.wallets", posting.accounts())
                        : account(posting.account()));
    }

    /** What an entry comes from. */
    public String origin(JournalEntry entry) {
        return format.text("accounting.origin." + entry.origin());
    }

    /** What sort of entry it is. */
    public String kind(JournalEntry entry) {
        return format.text("statement.kind." + entry.kind().toLowerCase(Locale.ROOT));
    }

    /** A balance without a sign, and on which side it is. */
    public String balance(Money balance) {
        if (balance.isZero()) {
            return format.money(balance);
        }
        return balance.isNegative()
                ? format.text("accounting.on-debit", format.money(balance.negated()))
                : format.text("accounting.on-credit", format.money(balance));
    }

    /** The same with all decimals. */
    public String exactBalance(Money balance) {
        return format.money(balance, true, false);
    }
}
