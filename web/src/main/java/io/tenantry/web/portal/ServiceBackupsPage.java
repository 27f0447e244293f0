package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.BackupOrders;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.workqueue.WorkItems;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The backups of a server: switching them on and off, changing the frequency, listing and restoring them. */
@Named
@ViewScoped
public class ServiceBackupsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    AddonQuery options;

    @Inject
    BackupOrders backups;

    @Inject
    AddonReviewActions deciding;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    AddonLabels labels;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private final Map<String, UUID> seenPrices = new HashMap<>();
    private String policy = "";
    private String copy = "";
    private String reason = "";
    private transient Services.@Nullable Summary service;
    private transient AddonQuery.@Nullable BackupChoice choice;
    private transient @Nullable List<AddonQuery.BackupFrequency> others;
    private transient @Nullable List<AddonQuery.AddonView> current;
    private transient @Nullable List<AddonQuery.RestorePoint> copies;

    /** Loads the server, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            seePrices();
        });
    }

    private void seePrices() {
        choice = null;
        others = null;
        seenPrices.clear();
        getChoice()
                .rhythms()
                .forEach(one -> seenPrices.put(code(one), one.offer().priceId()));
    }

    public Services.Summary getService() {
        var known = service;
        if (known == null) {
            known = services.one(known());
            service = known;
        }
        return known;
    }

    /** Returns the available backup choices and their prices. */
    public AddonQuery.BackupChoice getChoice() {
        var known = choice;
        if (known == null) {
            known = options.backupChoice(known());
            choice = known;
        }
        return known;
    }

    /** Returns the other frequencies that the user can change to now. */
    public List<AddonQuery.BackupFrequency> getOthers() {
        var known = others;
        if (known == null) {
            known = current()
                    .filter(one -> one.state() == State.ACTIVE && one.wanted().isEmpty())
                    .filter(one -> may(Permission.VPS_MANAGE))
                    .map(this::othersThan)
                    .orElse(List.of());
            others = known;
        }
        return known;
    }

    private List<AddonQuery.BackupFrequency> othersThan(AddonQuery.AddonView present) {
        return getChoice().rhythms().stream()
                .filter(one -> !one.retention().policy().equals(present.policy()))
                .toList();
    }

    /** Returns the retention of backups; empty if it is unknown. */
    public String kept(AddonQuery.AddonView backups) {
        return getChoice().rhythms().stream()
                .map(AddonQuery.BackupFrequency::retention)
                .filter(one -> one.policy().equals(backups.policy()))
                .findFirst()
                .map(labels::kept)
                .orElse("");
    }

    /** Returns the code of a frequency in forms. */
    public String code(AddonQuery.BackupFrequency backupFrequency) {
        return labels.policyCode(backupFrequency.retention().policy());
    }

    /** Returns whether a frequency is chosen; the first one is the default. */
    public boolean isChosen(AddonQuery.BackupFrequency backupFrequency) {
        return policy.isEmpty()
                ? backupFrequency.equals(getChoice().rhythms().get(0))
                : policy.equals(code(backupFrequency));
    }

    /** Returns the backups of the server; empty if they are off. */
    public List<AddonQuery.AddonView> getCurrent() {
        var known = current;
        if (known == null) {
            known = options.backups(known()).stream().toList();
            current = known;
        }
        return known;
    }

    private Optional<AddonQuery.AddonView> current() {
        return getCurrent().stream().findFirst();
    }

    /** Returns the restore points, the latest first. */
    public List<AddonQuery.RestorePoint> getCopies() {
        var known = copies;
        if (known == null) {
            known = current().map(options::copies).orElse(List.of());
            copies = known;
        }
        return known;
    }

    /** Returns the size of a restore point in a readable unit. */
    public String size(AddonQuery.RestorePoint one) {
        return format.size(one.sizeMib() << 20);
    }

    /** Returns the work item that waits for a decision: one or none; none for customers. */
    public List<WorkItems.Parked> getStuck() {
        return current().map(one -> deciding.stuck(one.id())).orElse(List.of());
    }

    /** Whether the user may decide it. */
    public boolean isDeciding() {
        return current().filter(one -> deciding.isOpen(one.id())).isPresent();
    }

    /** Whether giving up is one of the possible decisions. */
    public boolean isAbandonable() {
        return current()
                .filter(one -> deciding.isAbandonable(one.id(), one.state()))
                .isPresent();
    }

    /** Whether the user can switch them on. */
    public boolean isOrderable() {
        return current().isEmpty()
                && getChoice().isThere()
                && !getChoice().rhythms().isEmpty()
                && may(Permission.VPS_CREATE);
    }

    /** Whether backups are not available for this server, regardless of the user. */
    public boolean isElsewhere() {
        return current().isEmpty()
                && (!getChoice().isThere() || getChoice().rhythms().isEmpty());
    }

    /** Whether they are on, and the user may switch them off. */
    public boolean isEndable() {
        return current().filter(one -> one.state() == State.ACTIVE).isPresent() && may(Permission.VPS_DELETE);
    }

    /** Whether a backup can be restored now. */
    public boolean isRestorable() {
        return current()
                        .filter(one ->
                                one.state() == State.ACTIVE && one.wanted().isEmpty())
                        .isPresent()
                && !getCopies().isEmpty()
                && may(Permission.VPS_MANAGE);
    }

    /** Whether the user may restore a backup as soon as that is possible. */
    public boolean isHandled() {
        return getChoice().isThere() && may(Permission.VPS_MANAGE);
    }

    /** Whether the user may switch them off as soon as they are on. */
    public boolean isEnding() {
        return getChoice().isThere() && may(Permission.VPS_DELETE);
    }

    private boolean may(String permission) {
        return access.allowsIn(getService().organizationId(), permission);
    }

    /** Switches them on; a repeated request has no further effect. */
    public void switchOn() {
        var price = seenPrices.get(policy);
        if (price == null) {
            PageResult.refuse(format.text("backups.policy.choose"));
            return;
        }
        var outcome = backups.switchOn(known(), chosen(), price);
        seePrices();
        showOutcome(outcome, "backups.on.started");
    }

    /** Changes to the chosen frequency. */
    public void change() {
        var price = seenPrices.get(policy);
        var wanted = chosen();
        if (price == null || wanted.isEmpty()) {
            PageResult.refuse(format.text("backups.policy.choose"));
            return;
        }
        var outcome = backups.change(known(), wanted.get(), price);
        seePrices();
        showOutcome(outcome, "backups.policy.started");
    }

    private Optional<Policy> chosen() {
        return Stream.of(Policy.values())
                .filter(one -> one.word().equals(policy))
                .findFirst();
    }

    /** Switches them off, which deletes the existing ones. */
    public void switchOff() {
        showOutcome(backups.switchOff(known()), "backups.off.started");
    }

    /** Restores the server from a backup. */
    public void restore() {
        if (copy.isEmpty()) {
            PageResult.refuse(format.text("backups.restore.choose"));
            return;
        }
        showOutcome(backups.restore(known(), copy), "backups.restore.started");
    }

    /** Requests a refresh of the list. */
    public void load() {
        showOutcome(backups.refresh(known()), "backups.refresh.started");
    }

    /** Retries the work item that waits for a decision. */
    public void refresh() {
        deciding.retry(option(), reason, here());
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        deciding.giveUp(option(), reason, here());
    }

    private Optional<UUID> option() {
        return current().map(AddonQuery.AddonView::id);
    }

    private void showOutcome(AddonOutcome outcome, String done) {
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text(done, getService().name()));
        } else {
            labels.refuse(outcome);
        }
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getPolicy() {
        return policy;
    }

    public void setPolicy(@Nullable String policy) {
        this.policy = Objects.requireNonNullElse(policy, "").strip();
    }

    public String getCopy() {
        return copy;
    }

    public void setCopy(@Nullable String copy) {
        this.copy = Objects.requireNonNullElse(copy, "").strip();
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private String here() {
        return (me.isStaff() ? "/staff/service-backups?id=" : "/portal/service-backups?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
