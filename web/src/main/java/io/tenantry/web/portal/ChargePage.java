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

/** The parts of a charge, or of all charges of a day. For members and, below /staff, for staff. */
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

    /** Loads the charge, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
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

    /** Returns the amount of a part, with as many decimals as the others beside it. */
    public String paid(ChargeBreakdown.Part part) {
        return format.exactly(part.paid(), decimals, false);
    }

    public Table<ChargeBreakdown.Part> getTable() {
        return PageResult.opened(table);
    }

    /** Returns the title of the charge, as on the statement. */
    public String getTitle() {
        return getCharge()
                .line()
                .map(portalLabels::line)
                .orElseGet(() -> format.text("charge.title.day", format.date(getDate(), "date")));
    }

    /** Returns the day of the charge; an hour that ends at midnight belongs to the previous day. */
    public LocalDate getDate() {
        return getCharge()
                .day()
                .or(() -> getCharge().line().map(statementLine -> Statement.day(statementLine, format.zoneOfBooks())))
                .orElseThrow();
    }

    /** Whether it is a single entry of the statement, rather than a whole day. */
    public boolean isEntry() {
        return getCharge().line().isPresent();
    }

    /** Returns the address of all charges of the same day. */
    public String getWholeDay() {
        return PortalLabels.spentOn(getPlace(), getCharge().walletId(), getDate());
    }

    /** Returns the address of the statement, filtered by the day. */
    public String getStatement() {
        var days = "from=" + getDate() + "&to=" + getDate() + "#listing";
        return me.isStaff()
                ? "/staff/customer?id=" + getCharge().organizationId() + "&" + days
                : "/portal/wallet?" + days;
    }

    /** Whether the user may view servers and add-ons, so that parts link to them. */
    public boolean isLeading() {
        return isLeading;
    }

    /** Returns the page of a part's server or add-on. */
    public String lead(ChargeBreakdown.Part part) {
        return PortalLabels.pageOf(getPlace(), part.kind(), part.thing(), part.serviceId());
    }

    /** Returns the path below which its pages are. */
    public String getPlace() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Returns the name of the organization, for staff. */
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
