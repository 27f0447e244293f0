package io.tenantry.web.portal;

import io.tenantry.billing.charging.ChargeBreakdown;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
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
    ChargeBreakdown parts;

    @Inject
    ChargeColumns columns;

    @Inject
    Tables tables;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    private @Nullable String wallet;
    private @Nullable String entry;
    private @Nullable String day;
    private ChargeBreakdown.@Nullable Charge charge;
    private @Nullable Table<ChargeBreakdown.Part> table;
    private int decimals;
    private String organizationName = "";
    private boolean isLeading;

    /** Looks at it, if it may be seen. */
    public void open() {
        PageResult.look(() -> {
            var breakdownQuery = ChargeBreakdown.BreakdownQuery.of(PageResult.id("wallet", wallet), entry, day);
            table = tables.of(
                    "charge",
                    ChargeColumns.base(getPlace() + "/charge", breakdownQuery),
                    columns.columns(),
                    columns.filters(),
                    listQuery -> part(breakdownQuery, listQuery));
            isLeading = access.allowsIn(getCharge().organizationId(), Permission.VPS_VIEW);
            organization.show(getCharge().organizationId());
            organizationName = me.isStaff()
                    ? organizations.one(getCharge().organizationId()).name()
                    : "";
        });
    }

    private ResultPage<ChargeBreakdown.Part> part(ChargeBreakdown.BreakdownQuery breakdownQuery, ListQuery listQuery) {
        var view = parts.view(breakdownQuery, listQuery);
        charge = view.charge();
        decimals = AlignedDecimals.of(view.parts().rows().stream().map(ChargeBreakdown.Part::paid));
        return view.parts();
    }

    public ChargeBreakdown.Charge getCharge() {
        return PageResult.opened(charge);
    }

    /** What a part cost, as exactly as the others beside it. */
    public String paid(ChargeBreakdown.Part part) {
        return format.exactly(part.paid(), decimals, false);
    }

    public Table<ChargeBreakdown.Part> getTable() {
        return PageResult.opened(table);
    }

    /** What it is, as the statement calls it. */
    public String getTitle() {
        return getCharge()
                .line()
                .map(portalLabels::line)
                .orElseGet(() -> format.text("charge.title.day", format.date(getDate(), "date")));
    }

    /** The day that it is of; an hour that ends at midnight is of the day before. */
    public LocalDate getDate() {
        return getCharge()
                .day()
                .or(() -> getCharge().line().map(statementLine -> Statement.day(statementLine, format.zoneOfBooks())))
                .orElseThrow();
    }

    /** Whether it is one entry of the statement, and not all of a day. */
    public boolean isEntry() {
        return getCharge().line().isPresent();
    }

    /** All charges of the same day. */
    public String getWholeDay() {
        return PortalLabels.spentOn(getPlace(), getCharge().walletId(), getDate());
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
    public String lead(ChargeBreakdown.Part part) {
        return PortalLabels.pageOf(getPlace(), part.kind(), part.thing(), part.serviceId());
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
