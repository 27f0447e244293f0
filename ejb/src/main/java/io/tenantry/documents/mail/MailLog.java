package io.tenantry.documents.mail;

import io.tenantry.brand.Brands;
import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The reseller's emails and their delivery status. The secrets of links are never shown, because they give access to another person's account;
 * only the demo, which has no mail server, shows them.
 */
@Stateless
public class MailLog {
    private static final String HIDDEN = "#hidden";
    private static final String COLUMNS = """
            select m.*, m.variables::text as facts from mail m
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Brands brands;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    MailAttachments mailAttachments;

    /** Returns the newest emails first. */
    public List<Outbox.Mail> newest(int limit) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.query(COLUMNS + " order by m.created_at desc, m.id desc limit ?", Outbox::mail, limit);
    }

    /** Returns an email. */
    public Outbox.Mail one(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.first(COLUMNS + " where m.id = ?", Outbox::mail, id)
                .orElseThrow(() -> new NotFoundException("mail", id));
    }

    /** Renders an email in the brand's current look. */
    public RenderedMail preview(UUID id) {
        var mail = one(id);
        var variables = new TreeMap<>(mail.variables());
        if (!settings.demo() && mail.template().isSecret()) {
            variables.computeIfPresent("link", (name, link) -> link.replaceAll("#.*", "") + HIDDEN);
        }
        var origin = settings.origin(tenants.current().primaryHost());
        return new MailRenderer(brands.current(), mail.locale(), origin).written(mail.template(), variables);
    }

    /** Returns the formats of the attached document; empty if there is none. */
    public List<Format> formats(UUID id) {
        return one(id).enclosure()
                .map(known -> {
                    var possible = mailAttachments.formats(known);
                    return known.formats().stream().filter(possible::contains).toList();
                })
                .orElse(List.of());
    }

    /**
     * Returns an attachment, as sent to the recipient.
     *
     * @throws NotFoundException if there is no such attachment
     */
    public DocumentFile file(UUID id, Format format) {
        var mail = one(id);
        return mail.enclosure()
                .filter(known -> known.formats().contains(format))
                .map(known -> mailAttachments.one(known, format, mail.locale()))
                .orElseThrow(() -> new NotFoundException("file", id));
    }

    /** Whether emails are sent at all. */
    public boolean isSending() {
        return !settings.mailHost().isEmpty();
    }

    /** Sends it again, if it was not sent and still has its link's secret; otherwise a new link has to be issued. */
    public boolean again(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        int waiting = isSending() ? sql.update("""
                        update mail set state = 'WAITING', attempts = 0, next_try_at = ?, fault = null, fault_kind = null
                         where id = ? and state in ('KEPT', 'FAILED')
                           and (template not in ('INVITATION', 'PASSWORD_RESET') or variables ->> 'secret' is not null or strpos(variables ->> 'link', '#') > 0)
                        """, clock.instant(), id) : 0;
        if (waiting > 0) {
            Signals.publish(sql, Signal.Kind.MAIL, Signal.EVERYBODY);
            audit.record("mail.sent_again", "mail", id);
        }
        return waiting > 0;
    }
}
