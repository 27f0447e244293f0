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

/** Labels for accounts and entries of the ledger. */
@Named
@RequestScoped
public class AccountingLabels {
    @Inject
    Format format;

    /** Returns the label of a kind of account; all wallets have one label. */
    public String account(AccountKind kind) {
        return format.text("accounting.account." + kind);
    }

    /** Returns the label of a posting's account: the owner of the wallet, or the number of wallets. */
    public String account(Posting posting) {
        return posting.customer()
                .map(customer -> format.text("accounting.wallet-of", customer))
                .orElseGet(() -> posting.accounts() > 1
                        ? format.text("accounting.wallets", posting.accounts())
                        : account(posting.account()));
    }

    /** Returns the label of an entry's origin. */
    public String origin(JournalEntry entry) {
        return format.text("accounting.origin." + entry.origin());
    }

    /** Returns the label of an entry's kind. */
    public String kind(JournalEntry entry) {
        return format.text("statement.kind." + entry.kind().toLowerCase(Locale.ROOT));
    }

    /** Returns a balance without a sign, and its side. */
    public String balance(Money balance) {
        if (balance.isZero()) {
            return format.money(balance);
        }
        return balance.isNegative()
                ? format.text("accounting.on-debit", format.money(balance.negated()))
                : format.text("accounting.on-credit", format.money(balance));
    }

    /** Returns a balance with all decimals. */
    public String exactBalance(Money balance) {
        return format.money(balance, true, false);
    }
}
