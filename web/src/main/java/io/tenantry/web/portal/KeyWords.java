package io.tenantry.web.portal;

import io.tenantry.launch.PublicKey;
import io.tenantry.launch.SshKeys;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** SSH keys in people's words, for the pages that add them. */
@RequestScoped
@Named("keyWords")
public class KeyWords {
    @Inject
    Fmt fmt;

    /** Says at its field why a key was not added. */
    public void refuse(SshKeys.Outcome outcome, String nameField, String lineField) {
        if (outcome instanceof SshKeys.Outcome.Refused refused) {
            Visit.refuse(
                    lineField, fmt.text("ssh.fault." + refused.fault().name().toLowerCase(Locale.ROOT)));
        } else if (outcome instanceof SshKeys.Outcome.Known known) {
            Visit.refuse(lineField, fmt.text("ssh.fault.known", known.name()));
        } else if (outcome instanceof SshKeys.Outcome.TooMany) {
            Visit.refuse(lineField, fmt.text("ssh.fault.many", SshKeys.KEYS_MAX));
        } else {
            Visit.refuse(nameField, fmt.text("ssh.fault.name", SshKeys.NAME_MAX));
        }
    }

    /** Whether what was typed must not be shown again. */
    public boolean isSecret(SshKeys.Outcome outcome) {
        return outcome instanceof SshKeys.Outcome.Refused refused && refused.fault() == PublicKey.Fault.PRIVATE;
    }

    /** What people call a kind of key. */
    public String kind(SshKeys.Key key) {
        return switch (key.kind()) {
            case "ssh-ed25519" -> "Ed25519";
            case "ssh-rsa" -> "RSA";
            default -> "ECDSA";
        };
    }
}
