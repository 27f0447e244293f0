package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.catalog.pricing.PriceListWithdrawals;
import io.tenantry.catalog.pricing.PriceListWithdrawals.Outcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The withdrawal of the selected version of a price list before it takes effect. */
@Named
@RequestScoped
public class PriceListWithdrawalPage {
    @Inject
    PriceListWithdrawals withdrawals;

    @Inject
    PriceListPage page;

    @Inject
    Format format;

    /** Whether the user can withdraw it. */
    public boolean isPossible() {
        return page.isManaged() && withdrawals.isComing(page.getVersion());
    }

    /** Returns the date from which it would apply, as text. */
    public String getFrom() {
        return page.getVersion()
                .validFrom()
                .map(from -> format.date(from, "datetime"))
                .orElse("");
    }

    /** Returns what applies instead. */
    public String getEffect() {
        return withdrawals
                .instead(page.getVersion().id())
                .map(Version::number)
                .map(number -> format.text("pricing.withdraw.effect.version", getFrom(), number))
                .orElseGet(() -> format.text("pricing.withdraw.effect.others", getFrom()));
    }

    /** Withdraws the version. */
    public void withdraw() {
        var version = page.getVersion();
        var outcome = withdrawals.withdraw(version.id());
        if (outcome instanceof Outcome.Done) {
            PageResult.go(
                    PriceListsPage.ONE + version.listId() + "&version=" + version.id(),
                    format.text("pricing.withdrawn", version.number()));
        } else if (outcome instanceof Outcome.Needed needed) {
            PageResult.refuse(
                    "withdraw:do", format.text("pricing.refused.needed", WholesaleLabels.named(needed.keys())));
        } else {
            PageResult.refuse("withdraw:do", format.text("pricing.refused.effective"));
        }
    }
}
