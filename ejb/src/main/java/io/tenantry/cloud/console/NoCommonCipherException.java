package io.tenantry.cloud.console;

import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** A server was reached, and knows no way of hiding what is said that we go too: it is older than that, or wants one that we do not trust. */
final class NoCommonCipherException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What SSHD says of it, as an exception of no kind of its own. */
    private static final String IN_WORDS = "Unable to negotiate key exchange";

    private NoCommonCipherException(String why, Throwable cause) {
        super(why, cause);
    }

    /** The failure of a login, told as what it is if it is of this kind. */
    static IOException told(SshException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var words = String.valueOf(cause.getMessage());
            if (isOfTheServer(cause) || words.contains(IN_WORDS)) {
                return new NoCommonCipherException(words, failure);
            }
        }
        return failure;
    }

    /** Whether the server has noticed it first, and said so. */
    private static boolean isOfTheServer(Throwable cause) {
        return cause instanceof SshException said
                && said.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED;
    }
}
