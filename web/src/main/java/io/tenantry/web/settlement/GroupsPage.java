package io.tenantry.web.settlement;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.ResellerGroups;
import io.tenantry.settlement.ResellerGroups.Group;
import io.tenantry.settlement.ResellerGroups.Outcome;
import io.tenantry.settlement.ResellerGroups.Statement;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.DateText;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The groups of resellers, and a month of each. */
@Named
@RequestScoped
public class GroupsPage {
    static final String PATH = "/admin/settlements/groups";

    @Inject
    ResellerGroups groups;

    @Inject
    TenantDirectory tenants;

    @Inject
    TenantChoice choice;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    @Inject
    Format format;

    @Inject
    InvoiceLabels labels;

    private @Nullable String asked;
    private String name = "";
    private String renamed = "";
    private String newName = "";
    private String reseller = "";
    private String group = "";
    private String from = "";
    private @Nullable YearMonth month;
    private @Nullable List<Statement> statements;

    /** Loads the groups, if the user may view them. */
    public void open() {
        PageResult.load(() -> statements = groups.statements(getMonth()));
    }

    /** Creates a group. */
    public void make() {
        if (isNamed("make:name", name)) {
            showOutcome(groups.make(name), "make:name", format.text("groups.made", name.strip()));
        }
    }

    /** Renames a group. */
    public void rename() {
        var which = known(renamed);
        if (which.isEmpty()) {
            PageResult.refuse("rename:which", format.text("groups.which.invalid"));
        } else if (isNamed("rename:name", newName)) {
            showOutcome(
                    groups.rename(which.get(), newName), "rename:name", format.text("groups.renamed", newName.strip()));
        }
    }

    private boolean isNamed(String field, String text) {
        if (text.isBlank() || text.strip().length() > ResellerGroups.NAME_MAX) {
            PageResult.refuse(field, format.text("groups.name.invalid"));
            return false;
        }
        return true;
    }

    /** Assigns a reseller to a group, or to none, from a month on. */
    public void put() {
        var first = month(from);
        var owner = choice.all().stream()
                .filter(tenant -> tenant.id().value().equals(reseller))
                .map(Tenant::id)
                .findFirst();
        if (owner.isEmpty()) {
            PageResult.refuse("put:reseller", format.text("groups.reseller.invalid"));
        } else if (first.isEmpty()) {
            PageResult.refuse("put:from", format.text("settlement.terms.from.invalid"));
        } else {
            showOutcome(
                    groups.put(owner.get(), known(group).orElse(null), first.get()),
                    "put:from",
                    format.text("groups.put", nameOf(owner.get()), labels.month(first.get())));
        }
    }

    private void showOutcome(Outcome outcome, String field, String done) {
        if (outcome instanceof Outcome.Taken) {
            PageResult.refuse(field, format.text("groups.taken"));
        } else if (outcome instanceof Outcome.Unchanged) {
            PageResult.refuse(field, format.text("groups.unchanged"));
        } else if (outcome instanceof Outcome.Settled settled) {
            PageResult.refuse(field, format.text("groups.settled", labels.month(settled.latest())));
        } else {
            PageResult.go(PATH, done);
        }
    }

    private Optional<UUID> known(String id) {
        return getGroups().stream()
                .map(Group::id)
                .filter(one -> one.toString().equals(id))
                .findFirst();
    }

    private static Optional<YearMonth> month(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(DateText::month);
    }

    /** Returns the selected month: the requested one, or the latest that is settled. */
    public YearMonth getMonth() {
        var known = month;
        if (known == null) {
            known = month(asked)
                    .or(groups::latest)
                    .orElseGet(() -> YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)));
            month = known;
        }
        return known;
    }

    /** Returns the statements of all groups for that month. */
    public List<Statement> getStatements() {
        var known = statements;
        if (known == null) {
            known = groups.statements(getMonth());
            statements = known;
        }
        return known;
    }

    public List<Group> getGroups() {
        return getStatements().stream().map(Statement::group).toList();
    }

    public List<Tenant> getResellers() {
        return choice.all();
    }

    public String nameOf(TenantId tenant) {
        return tenants.byId(tenant).map(Tenant::name).orElseGet(tenant::value);
    }

    /** Returns the members without a settlement of the month, in one line. */
    public String unsettled(Statement statement) {
        return statement.unsettled().stream().map(this::nameOf).collect(Collectors.joining(", "));
    }

    /** Returns the address of the month's export. */
    public String file(String kind) {
        return "/admin/settlement-groups." + kind + "?month=" + getMonth();
    }

    /** Whether the user may change groups. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    public @Nullable String getAsked() {
        return asked;
    }

    public void setAsked(@Nullable String asked) {
        this.asked = asked;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getRenamed() {
        return renamed;
    }

    public void setRenamed(@Nullable String renamed) {
        this.renamed = Objects.requireNonNullElse(renamed, "");
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(@Nullable String newName) {
        this.newName = Objects.requireNonNullElse(newName, "");
    }

    public String getReseller() {
        return reseller;
    }

    public void setReseller(@Nullable String reseller) {
        this.reseller = Objects.requireNonNullElse(reseller, "");
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(@Nullable String group) {
        this.group = Objects.requireNonNullElse(group, "");
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }
}
