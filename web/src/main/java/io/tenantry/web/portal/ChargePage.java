package io.tenantry.web.portal;

import io.tenantry.charging.ChargeParts;
import io.tenantry.identity.Access;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a charge, or all charges of a day, were made of. For members and, below /staff, for staff. */
@Named
@RequestScoped
public class ChargePage {
    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    ChargeParts parts;

    @Inject
    ChargeColumns columns;

    @Inject
    Tables tables;

    @Inject
    Words words;

    @Inject
    Fmt fmt;

    private @Nullable String wallet;
    private @Nullable String entry;
    private @Nullable String day;
    private ChargeParts.@Nullable Charge charge;
    private @Nullable Table<ChargeParts.Part> table;
    private int decimals;
    private String organizationName = "";
    private boolean isLeading;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var asked = ChargeParts.Asked.of(Visit.id("wallet", wallet), entry, day);
            table = tables.of(
                    "charge",
                    ChargeColumns.base(getPlace() + "/charge", asked),
                    columns.columns(),
                    columns.filters(),
                    wish -> part(asked, wish));
            isLeading = access.allowsIn(getCharge().organizationId(), Permission.VPS_VIEW);
            organization.show(getCharge().organizationId());
            organizationName = me.isStaff()
                    ? organizations.one(getCharge().organizationId()).name()
                    : "";
        });
    }

    private Found<ChargeParts.Part> part(ChargeParts.Asked asked, Wish wish) {
        var view = parts.view(asked, wish);
        charge = view.charge();
        decimals = Decimals.of(view.parts().rows().stream().map(ChargeParts.Part::paid));
        return view.parts();
    }

    public ChargeParts.Charge getCharge() {
        return Visit.opened(charge);
    }

    /** What a part cost, as exactly as the others beside it. */
    public String paid(ChargeParts.Part part) {
        return fmt.exactly(part.paid(), decimals, false);
    }

    public Table<ChargeParts.Part> getTable() {
        return Visit.opened(table);
    }

    /** What it is, as the statement calls it. */
    public String getTitle() {
        return getCharge()
                .line()
                .map(words::line)
                .orElseGet(() -> fmt.text("charge.title.day", fmt.date(getDate(), "date")));
    }

    /** The day that it is of; an hour that ends at midnight is of the day before. */
    public LocalDate getDate() {
        return getCharge()
                .day()
                .or(() -> getCharge().line().map(line -> Statement.day(line, fmt.zoneOfBooks())))
                .orElseThrow();
    }

    /** Whether it is one entry of the statement, and not all of a day. */
    public boolean isEntry() {
        return getCharge().line().isPresent();
    }

    /** All charges of the same day. */
    public String getWholeDay() {
        return Words.spentOn(getPlace(), getCharge().walletId(), getDate());
    }

    /** The statement, narrowed to the day. */
    public String getStatement() {
        var days = "from=" + getDate() + "&to=" + getDate() + "#listing";
        return me.isStaff()
                ? "/staff/customer?id=" + getCharge().organizationId() + "&" + days
                : "/portal/wallet?" + days;
    }

    /** Whether the person may see servers and options, so that parts lead to them. */
    public boolean isLeading() {
        return isLeading;
    }

    /** Where a part's server or option has its page. */
    public String lead(ChargeParts.Part part) {
        return Words.pageOf(getPlace(), part.kind(), part.thing(), part.serviceId());
    }

    /** Below which its pages are. */
    public String getPlace() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Whose it is, for staff. */
    public String getOrganizationName() {
        return organizationName;
    }

    public @Nullable String getWallet() {
        return wallet;
    }

    public void setWallet(@Nullable String wallet) {
        this.wallet = wallet;
    }

    public @Nullable String getEntryAsked() {
        return entry;
    }

    public void setEntryAsked(@Nullable String entry) {
        this.entry = entry;
    }

    public @Nullable String getDay() {
        return day;
    }

    public void setDay(@Nullable String day) {
        this.day = day;
    }
}
