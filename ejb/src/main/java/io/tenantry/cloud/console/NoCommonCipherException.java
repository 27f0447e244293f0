package io.tenantry.cloud.console;

import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** Signals that a server was reached but supports no encryption that we accept: it is too old, or requires one that we do not trust. */
final class NoCommonCipherException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message of SSHD, which has no exception type for it. */
    private static final String IN_WORDS = "Unable to negotiate key exchange";

    private NoCommonCipherException(String why, Throwable cause) {
        super(why, cause);
    }

    /** Returns the login failure, as an exception of this type where it applies. */
    static IOException explained(SshException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var words = String.valueOf(cause.getMessage());
            if (isOfTheServer(cause) || words.contains(IN_WORDS)) {
                return new NoCommonCipherException(words, failure);
            }
        }
        return failure;
    }

    /** Whether the server detected it first and disconnected with that message. */
    private static boolean isOfTheServer(Throwable cause) {
        return cause instanceof SshException stated
                && stated.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED;
    }
}
