package io.tenantry.documents.mail;

import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Emails to be sent. An email is written in the transaction of its event; a repeated key writes nothing. Without a mail server emails are
 * stored for viewing, but not the secrets of their links, which would never be deleted. While an email waits, its link's secret is sealed, if
 * encryption keys are configured.
 */
@Stateless
public class Outbox {
    static final int ATTEMPTS_MAX = 8;

    /** Variable with the sealed fragment of the link, after the #. */
    private static final String SECRET = "secret";

    private static final int BATCH = 20;

    /** Longer than a conversation with a mail server can take, see {@link SmtpTransport}; it is restarted before each. */
    static final Duration LEASE = Duration.ofMinutes(6);

    private static final String CLAIM = """
            update mail m
               set leased_until = cast(? as timestamptz) + cast(? as interval),
                   attempts = attempts + 1
              from (select id
                      from mail
                     where state = 'WAITING'
                       and next_try_at <= ?
                       and (leased_until is null or leased_until < ?)
                     order by invoice_id is not null, next_try_at
                     limit ?
                       for update skip locked) due
             where m.id = due.id
            returning m.*, m.variables::text as facts
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    Vault vault;

    /**
     * The document attached to an email, and its formats. The files are created when it is sent.
     *
     * @param isSettlement whether it is a settlement of the platform with the reseller, rather than a document of the reseller
     */
    public record Attachment(UUID documentId, List<Format> formats, boolean isSettlement) {
        public Attachment {
            formats = List.copyOf(formats);
        }

        static Attachment ofInvoice(UUID documentId, List<Format> formats) {
            return new Attachment(documentId, formats, false);
        }

        static Attachment ofSettlement(UUID documentId, List<Format> formats) {
            return new Attachment(documentId, formats, true);
        }
    }

    /** A stored email. */
    public record Mail(
            UUID id,
            MailTemplate template,
            Locale locale,
            String recipient,
            String state,
            int attempts,
            Optional<String> messageId,
            Optional<DeliveryFailure> fault,
            Instant createdAt,
            Optional<Instant> sentAt,
            Map<String, String> variables,
            Optional<Attachment> enclosure) {
        Mail with(Map<String, String> others) {
            return new Mail(
                    id, template, locale, recipient, state, attempts, messageId, fault, createdAt, sentAt, others,
                    enclosure);
        }
    }

    /** Writes an email within the current transaction. */
    public void write(
            MailTemplate mailTemplate, Locale locale, String recipient, Map<String, String> variables, String key) {
        write(mailTemplate, locale, recipient, variables, key, Optional.empty());
    }

    /**
     * Writes an email with a document within the current transaction.
     *
     * @return whether it was written now and did not exist before
     */
    public boolean write(
            MailTemplate mailTemplate,
            Locale locale,
            String recipient,
            Map<String, String> variables,
            String key,
            Optional<Attachment> enclosure) {
        var isKept = settings.mailHost().isEmpty();
        var id = Ids.next(clock);
        var sorted = new TreeMap<>(variables);
        var link = variables.getOrDefault("link", "");
        if (mailTemplate.isSecret() && !link.isEmpty() && !(isKept && settings.demo()) && (isKept || vault.isReady())) {
            var at = link.indexOf('#');
            sorted.put("link", at < 0 ? link : link.substring(0, at));
            if (at >= 0 && !isKept) {
                sorted.put(SECRET, vault.seal(link.substring(at), place(id)).text());
            }
        }
        var written = sql.update(
                """
                insert into mail (id, template, locale, recipient, variables, state, next_try_at, idempotency_key, created_at, invoice_id,
                                  settlement_id, attached)
                values (?, ?, ?, ?, jsonb_object(cast(? as text[]), cast(? as text[])), ?, ?, ?, ?, ?, ?, ?)
                on conflict (idempotency_key) do nothing
                """,
                id,
                mailTemplate,
                locale.toLanguageTag(),
                recipient,
                sorted.keySet().toArray(String[]::new),
                sorted.values().toArray(String[]::new),
                isKept ? "KEPT" : "WAITING",
                clock.instant(),
                key,
                clock.instant(),
                enclosure
                        .filter(known -> !known.isSettlement())
                        .map(Attachment::documentId)
                        .orElse(null),
                enclosure
                        .filter(Attachment::isSettlement)
                        .map(Attachment::documentId)
                        .orElse(null),
                enclosure.stream()
                        .flatMap(known -> known.formats().stream())
                        .map(Format::name)
                        .toArray(String[]::new));
        if (written > 0 && !isKept) {
            Signals.publish(sql, Signal.Kind.MAIL, Signal.EVERYBODY);
        }
        return written > 0;
    }

    /**
     * Returns the email with its complete link. Not a bean method: the container would wrap its exception.
     *
     * @throws VaultException if the link's secret can no longer be decrypted
     */
    static Mail opened(Mail mail, Vault vault) {
        var secret = mail.variables().get(SECRET);
        if (secret == null) {
            return mail;
        }
        var variables = new TreeMap<>(mail.variables());
        variables.remove(SECRET);
        variables.merge("link", vault.open(EncryptedSecret.parse(secret), place(mail.id())), String::concat);
        return mail.with(variables);
    }

    private static String place(UUID id) {
        return Tenancy.scope().label() + "/mail/" + id;
    }

    /** The secret of a waiting email. */
    public record Secret(UUID id, EncryptedSecret encryptedSecret) {
        /** The purpose that it is sealed for. */
        String place() {
            return Outbox.place(id);
        }
    }

    /** Returns the secrets of unsent links. */
    public List<Secret> sealed() {
        return sql.query(
                "select id, variables ->> 'secret' secret from mail where state = 'WAITING' and variables ->> 'secret' is not null",
                row -> new Secret(row.uuid("id"), EncryptedSecret.parse(row.text("secret"))));
    }

    /** Returns the number of secrets sealed with each key. */
    public Map<String, Integer> keys() {
        return sql.query("""
                        select split_part(variables ->> 'secret', '.', 2) key, count(*)::int n
                          from mail
                         where state = 'WAITING' and variables ->> 'secret' is not null
                         group by 1
                        """, row -> Map.entry(row.text("key"), row.whole("n"))).stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Replaces a sealed secret, unless the email was sent in the meantime. */
    public boolean reseal(Secret secret, EncryptedSecret replacement) {
        return sql.update(
                        """
                        update mail set variables = jsonb_set(variables, '{secret}', to_jsonb(cast(? as text)))
                         where id = ? and variables ->> 'secret' = ?
                        """,
                        replacement.text(),
                        secret.id(),
                        secret.encryptedSecret().text())
                > 0;
    }

    /** Returns when the next email is due; empty if none waits. */
    public Optional<Instant> nextTry() {
        return sql.one("select min(next_try_at) at from mail where state = 'WAITING'", row -> row.maybeInstant("at"));
    }

    /** Claims some due emails for this node, for a limited time: if the node crashes, none is lost. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<Mail> claim() {
        var now = clock.instant();
        return sql.query(CLAIM, Outbox::mail, now, LEASE.toSeconds() + " seconds", now, now, BATCH);
    }

    /** Whether this node still holds the claim; if so, extends it. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean holds(Mail mail) {
        return sql.update("""
                        update mail
                           set leased_until = cast(? as timestamptz) + cast(? as interval)
                         where id = ?
                           and state = 'WAITING'
                           and attempts = ?
                        """, clock.instant(), LEASE.toSeconds() + " seconds", mail.id(), mail.attempts()) > 0;
    }

    /** Returns claimed emails that were not attempted: they are due as before. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void putBack(List<Mail> untried) {
        untried.forEach(mail -> sql.update("""
                update mail
                   set attempts = attempts - 1, leased_until = null
                 where id = ? and state = 'WAITING' and attempts = ?
                """, mail.id(), mail.attempts()));
    }

    /** Marks an email as sent, and deletes the secret of its link. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void sent(UUID id, String messageId) {
        sql.update("""
                update mail
                   set state = 'SENT', sent_at = ?, message_id = ?, leased_until = null, fault = null, fault_kind = null,
                       variables = case when strpos(variables ->> 'link', '#') > 0 then variables - 'link' else variables end - 'secret'
                 where id = ?
                """, clock.instant(), messageId, id);
    }

    /**
     * Records a failed attempt: retries after increasing delays; gives up after the last one, or if the email would always be rejected. Changes
     * nothing if another node has taken over the email.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void failed(Mail mail, DeliveryFailure deliveryFailure) {
        sql.update(
                """
                update mail
                   set state = ?, next_try_at = ?, leased_until = null, fault_kind = ?, fault = ?
                 where id = ? and state = 'WAITING' and attempts = ?
                """,
                deliveryFailure.isFinal() || mail.attempts() >= ATTEMPTS_MAX ? "FAILED" : "WAITING",
                clock.instant().plus(pauseAfter(mail.attempts())),
                deliveryFailure.kind(),
                deliveryFailure.words(),
                mail.id(),
                mail.attempts());
    }

    /** Returns the delay: half a minute, two, eight, half an hour, and then every two hours. */
    static Duration pauseAfter(int attempts) {
        var pause = Duration.ofSeconds(30L << (2 * Math.min(Math.max(attempts, 1) - 1, 4)));
        return pause.compareTo(Duration.ofHours(2)) < 0 ? pause : Duration.ofHours(2);
    }

    static Mail mail(Row row) {
        var variables = new TreeMap<String, String>();
        try (var facts = Json.createReader(new StringReader(row.text("facts")))) {
            facts.readObject().forEach((name, value) -> variables.put(name, ((JsonString) value).getString()));
        }
        return new Mail(
                row.uuid("id"),
                MailTemplate.valueOf(row.text("template")),
                Locale.forLanguageTag(row.text("locale")),
                row.text("recipient"),
                row.text("state"),
                row.whole("attempts"),
                row.maybeText("message_id"),
                fault(row),
                row.instant("created_at"),
                row.maybeInstant("sent_at"),
                variables,
                row.maybeUuid("invoice_id")
                        .map(document -> Attachment.ofInvoice(document, attached(row)))
                        .or(() -> row.maybeUuid("settlement_id")
                                .map(document -> Attachment.ofSettlement(document, attached(row)))));
    }

    private static List<Format> attached(Row row) {
        return row.texts("attached").stream().map(Format::valueOf).toList();
    }

    /** Before kinds of failure were stored, there was only a text. */
    static Optional<DeliveryFailure> fault(Row row) {
        var kind =
                row.maybeText("fault_kind").map(DeliveryFailure.Kind::valueOf).orElse(DeliveryFailure.Kind.DEFERRED);
        return row.maybeText("fault").map(words -> new DeliveryFailure(kind, words));
    }
}
