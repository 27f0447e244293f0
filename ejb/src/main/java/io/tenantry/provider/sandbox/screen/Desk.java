package io.tenantry.provider.sandbox.screen;

import io.tenantry.provider.sandbox.shell.Box;
import java.util.Locale;

/** What one sees and types at a server's screen: how it started, and somebody who asks for a name and a password, and lets nobody in. */
final class Desk {
    private static final int ENTER = 0xff0d;
    private static final int BACK = 0xff08;
    private static final int FIRST = 0x20;
    private static final int LAST = 0x7e;
    private static final int TYPED_MAX = 32;

    private final Sheet sheet = new Sheet();
    private final String hostname;
    private int typed;
    private boolean isSecret;

    Desk(Box box) {
        hostname = box.hostname();
        sheet.write(String.format(
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
                box.system(),
                box.vcpus(),
                box.memoryMib(),
                box.diskGib(),
                box.address(),
                box.system()));
        ask();
    }

    Sheet sheet() {
        return sheet;
    }

    /** A key went down. */
    void press(int key) {
        if (key == ENTER) {
            enter();
        } else if (key == BACK && typed > 0) {
            typed--;
            if (!isSecret) {
                sheet.back();
            }
        } else if (key >= FIRST && key <= LAST && typed < TYPED_MAX) {
            typed++;
            if (!isSecret) {
                sheet.write(String.valueOf((char) key));
            }
        }
    }

    private void enter() {
        sheet.write("\n");
        if (isSecret) {
            sheet.write("\nLogin incorrect\n");
            isSecret = false;
            ask();
        } else if (typed == 0) {
            ask();
        } else {
            isSecret = true;
            sheet.write("Password: ");
        }
        typed = 0;
    }

    private void ask() {
        sheet.write(hostname + " login: ");
    }
}
