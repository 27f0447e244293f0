package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The message to be sent, with both forms of the email. Its Message-ID is derived from the email's id and the tenant's host: the same email
 * sent twice has the same one, and nothing in it names the platform.
 */
final class MimeMessageBuilder extends MimeMessage {
    private final String id;
    private boolean handedOver;

    private MimeMessageBuilder(Session session, String id) {
        super(session);
        this.id = id;
    }

    /** The Message-ID of the email. */
    static String idOf(UUID mailId, String host) {
        return "<" + mailId + "@" + host + ">";
    }

    /**
     * Creates the message of an email. Addresses are parsed, which prevents header injection.
     *
     * @param files the attachments
     * @param origin of the tenant's pages
     * @param host the tenant's first host
     * @throws MessagingException if an address is invalid
     */
    static MimeMessageBuilder of(
            Session session, Brand brand, Outbox.Mail mail, List<DocumentFile> files, String origin, String host)
            throws MessagingException, UnsupportedEncodingException {
        var rendered = new MailRenderer(brand, mail.locale(), origin).written(mail.template(), mail.variables());
        var utf8 = StandardCharsets.UTF_8.name();
        var contact = brand.contact();
        var mimeMessageBuilder = new MimeMessageBuilder(session, idOf(mail.id(), host));
        var name = contact.senderName().isEmpty() ? brand.name() : contact.senderName();
        var address = contact.senderAddress().isEmpty() ? "no-reply@" + host : contact.senderAddress();
        mimeMessageBuilder.setFrom(new InternetAddress(address, name, utf8));
        if (!contact.answersTo().isEmpty()) {
            mimeMessageBuilder.setReplyTo(new InternetAddress[] {new InternetAddress(contact.answersTo(), true)});
        }
        mimeMessageBuilder.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient(), true));
        mimeMessageBuilder.setSubject(rendered.subject(), utf8);
        mimeMessageBuilder.setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(rendered.text(), utf8);
        var html = new MimeBodyPart();
        html.setContent(rendered.html(), "text/html; charset=UTF-8");
        var words = new MimeMultipart("alternative", text, html);
        mimeMessageBuilder.setContent(files.isEmpty() ? words : together(words, files));
        mimeMessageBuilder.saveChanges();
        return mimeMessageBuilder;
    }

    /**
     * Creates a plain text message from the installation itself.
     *
     * @param host of the platform
     * @throws MessagingException if the recipient's address is invalid
     */
    static MimeMessageBuilder plain(Session session, String host, String recipient, String subject, String text)
            throws MessagingException, UnsupportedEncodingException {
        var utf8 = StandardCharsets.UTF_8.name();
        var mimeMessageBuilder = new MimeMessageBuilder(session, idOf(UUID.randomUUID(), host));
        mimeMessageBuilder.setFrom(new InternetAddress("no-reply@" + host, Brand.TENANTRY.name(), utf8));
        mimeMessageBuilder.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        mimeMessageBuilder.setSubject(subject, utf8);
        mimeMessageBuilder.setHeader("Auto-Submitted", "auto-generated");
        mimeMessageBuilder.setText(text, utf8);
        mimeMessageBuilder.saveChanges();
        return mimeMessageBuilder;
    }

    private static MimeMultipart together(MimeMultipart words, List<DocumentFile> files) throws MessagingException {
        var first = new MimeBodyPart();
        first.setContent(words);
        var all = new MimeMultipart("mixed", first);
        for (var file : files) {
            var part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.mediaType())));
            part.setFileName(file.name());
            part.setDisposition(Part.ATTACHMENT);
            all.addBodyPart(part);
        }
        return all;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream target, String @Nullable [] left) throws IOException, MessagingException {
        super.writeTo(target, left);
        handedOver = true;
    }

    /** Whether it was written completely: from then on the mail server may have it, whatever it responds. */
    boolean isHandedOver() {
        return handedOver;
    }
}
