package io.tenantry.web.portal;

import io.tenantry.cloud.launch.PublicKey;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Labels for SSH keys, for the pages that add them. */
@RequestScoped
@Named("keyWords")
public class SshKeyLabels {
    @Inject
    Format format;

    /** Shows at its field why a key was not added. */
    public void refuse(SshKeys.Outcome outcome, String nameField, String lineField) {
        if (outcome instanceof SshKeys.Outcome.Refused refused) {
            PageResult.refuse(
                    lineField, format.text("ssh.fault." + refused.fault().name().toLowerCase(Locale.ROOT)));
        } else if (outcome instanceof SshKeys.Outcome.Duplicate duplicate) {
            PageResult.refuse(lineField, format.text("ssh.fault.known", duplicate.name()));
        } else if (outcome instanceof SshKeys.Outcome.TooMany) {
            PageResult.refuse(lineField, format.text("ssh.fault.many", SshKeys.KEYS_MAX));
        } else {
            PageResult.refuse(nameField, format.text("ssh.fault.name", SshKeys.NAME_MAX));
        }
    }

    /** Returns whether the input must not be shown again. */
    public boolean isSecret(SshKeys.Outcome outcome) {
        return outcome instanceof SshKeys.Outcome.Refused refused && refused.fault() == PublicKey.Fault.PRIVATE;
    }

    /** Returns the label of a kind of key. */
    public String kind(SshKeys.Key key) {
        return switch (key.kind()) {
            case "ssh-ed25519" -> "Ed25519";
            case "ssh-rsa" -> "RSA";
            default -> "ECDSA";
        };
    }
}
