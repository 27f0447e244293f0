package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The handover of one email to the mail server, with its attachments. Called outside of any transaction. */
@ApplicationScoped
public class MailHandover {
    private static final Logger LOG = System.getLogger(MailHandover.class.getName());

    @Resource(lookup = "java:jboss/mail/Tenantry")
    Session session;

    @Inject
    Vault vault;

    @Inject
    Settings settings;

    @Inject
    MailAttachments mailAttachments;

    /** Hands it over; returns what failed. */
    Optional<DeliveryFailure> hand(Sender sender, Brand brand, Outbox.Mail mail) {
        var host = sender.host();
        try {
            var whole = Outbox.opened(mail, vault);
            var files = enclosed(mail);
            if (files.isEmpty()) {
                return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.ATTACHMENT_FAILED, ""));
            }
            return SmtpTransport.of(
                    session,
                    host,
                    MimeMessageBuilder.of(session, brand, whole, files.get(), settings.origin(host), host));
        } catch (VaultException locked) {
            LOG.log(Level.ERROR, "secret of a mail cannot be decrypted id=" + mail.id(), locked);
            return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.LOCKED, ""));
        } catch (MessagingException | UnsupportedEncodingException unusable) {
            var why = Objects.requireNonNullElse(unusable.getMessage(), "");
            return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.INVALID_ADDRESS, why));
        }
    }

    /** Returns the attachments; empty if they cannot be created. That does not concern the mail server, so other emails are sent. */
    private Optional<List<DocumentFile>> enclosed(Outbox.Mail mail) {
        if (mail.enclosure().filter(known -> !known.formats().isEmpty()).isEmpty()) {
            return Optional.of(List.of());
        }
        var attachment = mail.enclosure().get();
        try {
            var files = mailAttachments.all(attachment, mail.locale());
            return Optional.of(files).filter(made -> !made.isEmpty());
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "files of a document not created document=" + attachment.documentId() + " mail=" + mail.id(),
                    failure);
            return Optional.empty();
        }
    }
}
