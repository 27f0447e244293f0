package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.documents.mail.OwnerMail;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.AuditTrail.Fault;
import io.tenantry.kernel.audit.AuditTrail.Head;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.OperatorNotifications;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Verifies the audit trails of the platform and of all tenants once a night, by themselves and against their heads of the night before, and
 * stores the new heads: in a signed file, in the log, and by mail to the platform's owner. Faults are reported to operators, and again each
 * night.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditWatch {
    private static final System.Logger LOG = System.getLogger(AuditWatch.class.getName());

    /** The key of the warning in the node's readiness. */
    private static final String WARNING = "audit";

    @Inject
    AuditTrail trail;

    @Inject
    AuditChecks checks;

    @Inject
    AuditHeadFiles files;

    @Inject
    TenantDirectory tenants;

    @Inject
    OperatorNotifications operatorNotifications;

    @Inject
    OwnerMail mail;

    @Inject
    Readiness readiness;

    @Inject
    Vault vault;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    /**
     * The result.
     *
     * @param trails the number of verified trails
     * @param faults by schema
     * @param file the file with the heads; empty if they could not be written
     */
    public record Result(int trails, Map<String, Fault> faults, String file) {}

    /** Verifies all trails, unless another node does or has done so on this day. Checks no permission: for the timer. */
    public Optional<Result> nightly() {
        var day = checks.today();
        if (!checks.begin(day)) {
            return Optional.empty();
        }
        var result = verify();
        checks.end(day, result.trails(), result.faults().size(), result.file());
        return Optional.of(result);
    }

    private Result verify() {
        var heads = new TreeMap<String, Head>();
        var faults = new TreeMap<String, Fault>();
        var trails = 0;
        Optional<AuditHeads.ParsedHeads> kept;
        try {
            kept = files.newest();
        } catch (IOException unreadable) {
            warn("the last audit heads cannot be read, none are kept until that file is away: "
                    + unreadable.getMessage());
            return new Result(0, Map.of(), "");
        }
        kept.ifPresent(parsedHeads -> heads.putAll(parsedHeads.heads().bySchema()));
        heads.keySet().retainAll(known());
        trails += verify(Scope.PLATFORM, kept, heads, faults);
        for (var tenant : tenants.all()) {
            if (tenant.isThere()) {
                trails += verify(Scope.of(tenant.id()), kept, heads, faults);
            }
        }
        return new Result(trails, Map.copyOf(faults), keep(heads, faults, trails));
    }

    /** An unreadable trail does not affect the others. */
    private int verify(
            Scope scope, Optional<AuditHeads.ParsedHeads> kept, Map<String, Head> heads, Map<String, Fault> faults) {
        var before = Optional.ofNullable(heads.get(scope.schema()));
        var wasSealed = before.isPresent()
                && kept.filter(AuditHeads.ParsedHeads::isSigned).isPresent();
        try {
            var fault = Tenancy.in(scope, () -> trail.verifyAgainst(before, wasSealed));
            if (fault.isPresent()) {
                faults.put(scope.schema(), fault.get());
                sendAlert(scope, fault.get());
            } else {
                Tenancy.in(scope, trail::head).ifPresent(head -> heads.put(scope.schema(), head));
            }
            return 1;
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "audit trail not verified scope=" + scope.label(), failure);
            return 0;
        }
    }

    /** The stored head of a trail with a fault stays the earlier one, so that the fault is found again. */
    private String keep(Map<String, Head> heads, Map<String, Fault> faults, int trails) {
        var all = new AuditHeads(clock.instant(), settings.node(), heads);
        heads.forEach((schema, head) -> LOG.log(
                System.Logger.Level.INFO,
                "audit head schema={0} seq={1} hash={2}",
                schema,
                Long.toString(head.seq()),
                head.hash()));
        if (faults.isEmpty()) {
            readiness.noWarning(WARNING);
        } else {
            readiness.warning(WARNING, "audit trails do not fit: " + String.join(", ", faults.keySet()));
        }
        send(all, faults, trails);
        try {
            var file = files.keep(all);
            LOG.log(
                    System.Logger.Level.INFO,
                    "audit trails verified trails={0} faults={1} file={2}",
                    trails,
                    faults.size(),
                    file);
            return file.toString();
        } catch (IOException failure) {
            warn("the audit heads cannot be kept in " + settings.auditFolder() + ": " + failure.getMessage());
            return "";
        }
    }

    private void send(AuditHeads heads, Map<String, Fault> faults, int trails) {
        var text = new StringBuilder();
        faults.forEach((schema, fault) -> text.append("FAULT ")
                .append(schema)
                .append(": record ")
                .append(fault.seq())
                .append(' ')
                .append(fault.reason())
                .append('\n'));
        text.append(heads.text(vault));
        mail.send(
                "Audit trails of " + settings.platformHost() + ": " + trails + " verified, " + faults.size()
                        + " with a fault",
                text.toString());
    }

    private void sendAlert(Scope scope, Fault fault) {
        LOG.log(
                System.Logger.Level.ERROR,
                "audit trail is not as it was written schema={0} record={1} reason={2}",
                scope.schema(),
                Long.toString(fault.seq()),
                fault.reason());
        operatorNotifications.send(
                Permission.PLATFORM_AUDIT_VIEW,
                new Notification(
                        Notification.Kind.AUDIT_BROKEN,
                        scope.label(),
                        fault.reason() + ":" + fault.seq(),
                        "audit",
                        "audit:" + scope.schema() + ":" + fault.reason() + ":" + fault.seq()));
    }

    private void warn(String text) {
        LOG.log(System.Logger.Level.ERROR, text);
        readiness.warning(WARNING, text);
        operatorNotifications.send(
                Permission.PLATFORM_AUDIT_VIEW,
                new Notification(
                        Notification.Kind.AUDIT_UNVERIFIED,
                        settings.node(),
                        text,
                        "audit",
                        "audit-heads:" + checks.today()));
        mail.send("Audit trails of " + settings.platformHost() + ": not verified", text);
    }

    /** Heads of tenants that are skipped now are kept, but not those of deleted tenants. */
    private Set<String> known() {
        var schemas = new HashSet<String>();
        schemas.add(Scope.PLATFORM.schema());
        tenants.all().stream()
                .filter(tenant -> tenant.state() != Tenant.State.DELETED)
                .forEach(tenant -> schemas.add(tenant.id().schema()));
        return schemas;
    }
}
