package io.tenantry.cloud.provider.sandbox.screen;

import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import java.util.Locale;

/** The content of a server's screen: its start messages, and a login prompt that rejects every login. */
final class LoginScreen {
    private static final int ENTER = 0xff0d;
    private static final int BACK = 0xff08;
    private static final int FIRST = 0x20;
    private static final int LAST = 0x7e;
    private static final int TYPED_MAX = 32;

    private final TextBuffer textBuffer = new TextBuffer();
    private final String hostname;
    private int typed;
    private boolean isSecret;

    LoginScreen(SimulatedHost simulatedHost) {
        hostname = simulatedHost.hostname();
        textBuffer.write(String.format(
                Locale.ROOT,
                """
                [    0.000000] Booting %s
                [    0.004112] CPU: %d cores
                [    0.009870] Memory: %d MiB
                [    0.310264] vda: %d GiB, no partitions to check
                [    0.702551] eth0: link is up, %s
                [    1.204417] Started Login Service.

                %s tty1

                """,
                simulatedHost.system(),
                simulatedHost.vcpus(),
                simulatedHost.memoryMib(),
                simulatedHost.diskGib(),
                simulatedHost.address(),
                simulatedHost.system()));
        ask();
    }

    TextBuffer sheet() {
        return textBuffer;
    }

    /** Handles a key press. */
    void press(int key) {
        if (key == ENTER) {
            enter();
        } else if (key == BACK && typed > 0) {
            typed--;
            if (!isSecret) {
                textBuffer.back();
            }
        } else if (key >= FIRST && key <= LAST && typed < TYPED_MAX) {
            typed++;
            if (!isSecret) {
                textBuffer.write(String.valueOf((char) key));
            }
        }
    }

    private void enter() {
        textBuffer.write("\n");
        if (isSecret) {
            textBuffer.write("\nLogin incorrect\n");
            isSecret = false;
            ask();
        } else if (typed == 0) {
            ask();
        } else {
            isSecret = true;
            textBuffer.write("Password: ");
        }
        typed = 0;
    }

    private void ask() {
        textBuffer.write(hostname + " login: ");
    }
}
