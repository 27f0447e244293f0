package io.tenantry.web.pricing;

import io.tenantry.pricing.PriceListWithdrawals;
import io.tenantry.pricing.PriceListWithdrawals.Outcome;
import io.tenantry.pricing.PriceLists.Version;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Withdrawing the version of a price list that is looked at, before it takes effect. */
@Named
@RequestScoped
public class PriceListWithdrawalPage {
    @Inject
    PriceListWithdrawals withdrawals;

    @Inject
    PriceListPage page;

    @Inject
    Fmt fmt;

    /** Whether it can be withdrawn by who looks at it. */
    public boolean isPossible() {
        return page.isManaged() && withdrawals.isComing(page.getVersion());
    }

    /** From when it would apply, as words. */
    public String getFrom() {
        return page.getVersion()
                .validFrom()
                .map(from -> fmt.date(from, "datetime"))
                .orElse("");
    }

    /** What applies instead. */
    public String getEffect() {
        return withdrawals
                .instead(page.getVersion().id())
                .map(Version::number)
                .map(number -> fmt.text("pricing.withdraw.effect.version", getFrom(), number))
                .orElseGet(() -> fmt.text("pricing.withdraw.effect.others", getFrom()));
    }

    /** Withdraws it. */
    public void withdraw() {
        var version = page.getVersion();
        var outcome = withdrawals.withdraw(version.id());
        if (outcome instanceof Outcome.Done) {
            Visit.go(
                    PriceListsPage.ONE + version.listId() + "&version=" + version.id(),
                    fmt.text("pricing.withdrawn", version.number()));
        } else if (outcome instanceof Outcome.Needed needed) {
            Visit.refuse("withdraw:do", fmt.text("pricing.refused.needed", WholesaleWords.named(needed.keys())));
        } else {
            Visit.refuse("withdraw:do", fmt.text("pricing.refused.effective"));
        }
    }
}
