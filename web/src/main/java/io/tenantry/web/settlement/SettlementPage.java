package io.tenantry.web.settlement;

import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.SettlementFiles;
import io.tenantry.documents.mail.InvoiceDelivery.Delivery;
import io.tenantry.documents.mail.SettlementDelivery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.settlement.SettlementQuery.SettlementDocument;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Paging;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One settlement and the details of its lines: the services of a line, and the hours of a service. */
@Named
@RequestScoped
public class SettlementPage {
    @Inject
    SettlementQuery settlementQuery;

    @Inject
    SettlementFiles invoices;

    @Inject
    SettlementDelivery mails;

    @Inject
    TenantDirectory tenants;

    @Inject
    CurrentPerson me;

    private @Nullable String id;
    private @Nullable String line;
    private @Nullable String service;
    private @Nullable String part;
    private @Nullable SettlementDocument settlementDocument;
    private SettlementQuery.@Nullable Drill drill;
    private @Nullable Delivery delivery;

    /** Loads the settlement, if the user may view it. */
    public void open() {
        PageResult.load(() -> settlementDocument = settlementQuery.document(PageResult.id("settlement", id)));
    }

    /** Loads one of its lines, and one service of that line if one is named. */
    public void openLine() {
        PageResult.load(() -> drill = settlementQuery.drill(
                PageResult.id("settlement", id),
                position(),
                Optional.ofNullable(service).filter(one -> !one.isBlank()).map(one -> PageResult.id("service", one)),
                Optional.ofNullable(part)
                        .filter(text -> text.matches("[0-9]{1,6}"))
                        .map(Integer::valueOf)
                        .orElse(1)));
    }

    private int position() {
        return Optional.ofNullable(line)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> new NotFoundException("line", String.valueOf(line)));
    }

    public SettlementDocument getDocument() {
        return Objects.requireNonNull(settlementDocument);
    }

    /** Returns the formats in which its invoice is available. */
    public Set<Format> getFiles() {
        return invoices.formats(getDocument());
    }

    /** Whether its lines may be credited. The use case checks the permission again. */
    public boolean isCreditable() {
        var settlementSummary = getDocument().head();
        return !settlementSummary.isCredit()
                && settlementSummary.payable().isPositive()
                && !settlementSummary.isGivenBack()
                && me.may(Permission.PLATFORM_TENANTS_MANAGE)
                && tenants.byId(settlementSummary.tenant()).isPresent();
    }

    /** Whether the delivery of its emails is known; it is not for a reseller that no longer exists. */
    public boolean isDeliveryKnown() {
        return tenants.byId(getDocument().head().tenant()).isPresent();
    }

    /** Returns the delivery of its emails. */
    public Delivery getDelivery() {
        var known = delivery;
        if (known == null) {
            known = mails.of(getDocument().head());
            delivery = known;
        }
        return known;
    }

    /** Whether the user may view the emails themselves. */
    public boolean isMailVisible() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    public SettlementQuery.Drill getDrill() {
        return Objects.requireNonNull(drill);
    }

    /** Returns the page of services that is shown. */
    public Paging getPaging() {
        var seen = getDrill();
        return new Paging(
                seen.part(), SettlementQuery.SERVICES_A_PART, seen.line().services());
    }

    /** Returns whether a service is the one whose hours are shown. */
    public boolean isShown(UUID one) {
        return one.toString().equals(service);
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getLine() {
        return line;
    }

    public void setLine(@Nullable String line) {
        this.line = line;
    }

    public @Nullable String getService() {
        return service;
    }

    public void setService(@Nullable String service) {
        this.service = service;
    }

    public @Nullable String getPart() {
        return part;
    }

    public void setPart(@Nullable String part) {
        this.part = part;
    }
}
