package io.tenantry.web.documents.mail;

import io.tenantry.documents.InvoiceFiles;
import io.tenantry.documents.mail.MailLog;
import io.tenantry.documents.mail.Outbox;
import io.tenantry.documents.mail.RenderedMail;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The reseller's emails: the state of each, its preview, and sending it again. */
@Named
@RequestScoped
public class MailsPage {
    private static final int SHOWN = 100;

    @Inject
    MailLog mailLog;

    @Inject
    Format format;

    private String parameter = "";
    private List<Outbox.Mail> newest = List.of();
    private Outbox.@Nullable Mail mail;
    private @Nullable RenderedMail rendered;
    private List<InvoiceFiles.Format> files = List.of();

    /** Loads the list, if the user may view it. */
    public void list() {
        PageResult.load(() -> newest = mailLog.newest(SHOWN));
    }

    /** Loads an email. */
    public void open() {
        PageResult.load(() -> {
            mail = mailLog.one(id());
            rendered = mailLog.preview(id());
            files = mailLog.formats(id());
        });
    }

    /** Sends the email again. */
    public void again() {
        PageResult.go("/staff/mail?id=" + id(), format.text(mailLog.again(id()) ? "mail.waiting" : "mail.not-again"));
    }

    private UUID id() {
        return PageResult.id("mail", parameter);
    }

    public List<Outbox.Mail> getNewest() {
        return newest;
    }

    public Outbox.@Nullable Mail getMail() {
        return mail;
    }

    /** Returns the formats in which its document is attached. */
    public List<InvoiceFiles.Format> getFiles() {
        return files;
    }

    public @Nullable RenderedMail getRendered() {
        return rendered;
    }

    /** Whether emails are sent at all. */
    public boolean isSending() {
        return mailLog.isSending();
    }

    /** Whether the email may be sent again. */
    public boolean isAgain() {
        var known = mail;
        return known != null
                && mailLog.isSending()
                && (known.state().equals("KEPT") || known.state().equals("FAILED"));
    }

    /** Returns the tone of a state. */
    public String tone(String state) {
        return switch (state) {
            case "SENT" -> "ok";
            case "FAILED" -> "bad";
            case "WAITING" -> "info";
            default -> "quiet";
        };
    }

    public String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = Objects.requireNonNullElse(parameter, "");
    }
}
