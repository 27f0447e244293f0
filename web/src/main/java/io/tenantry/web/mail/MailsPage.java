package io.tenantry.web.mail;

import io.tenantry.mail.Mails;
import io.tenantry.mail.Outbox;
import io.tenantry.mail.Rendered;
import io.tenantry.paper.DocumentFiles;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The reseller's mails: what became of each, what it looks like, and sending it again. */
@Named
@RequestScoped
public class MailsPage {
    private static final int SHOWN = 100;

    @Inject
    Mails mails;

    @Inject
    Fmt fmt;

    private String parameter = "";
    private List<Outbox.Mail> newest = List.of();
    private Outbox.@Nullable Mail mail;
    private @Nullable Rendered letter;
    private List<DocumentFiles.Format> files = List.of();

    /** Looks at the list, if it may be seen. */
    public void list() {
        Visit.look(() -> newest = mails.newest(SHOWN));
    }

    /** Looks at one. */
    public void open() {
        Visit.look(() -> {
            mail = mails.one(id());
            letter = mails.preview(id());
            files = mails.formats(id());
        });
    }

    /** Sends it again. */
    public void again() {
        Visit.go("/staff/mail?id=" + id(), fmt.text(mails.again(id()) ? "mail.waiting" : "mail.not-again"));
    }

    private UUID id() {
        return Visit.id("mail", parameter);
    }

    public List<Outbox.Mail> getNewest() {
        return newest;
    }

    public Outbox.@Nullable Mail getMail() {
        return mail;
    }

    /** As what its document goes with it. */
    public List<DocumentFiles.Format> getFiles() {
        return files;
    }

    public @Nullable Rendered getLetter() {
        return letter;
    }

    /** Whether mails go out at all. */
    public boolean isSending() {
        return mails.isSending();
    }

    /** Whether it may be sent again. */
    public boolean isAgain() {
        var known = mail;
        return known != null
                && mails.isSending()
                && (known.state().equals("KEPT") || known.state().equals("FAILED"));
    }

    /** How a state looks. */
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
