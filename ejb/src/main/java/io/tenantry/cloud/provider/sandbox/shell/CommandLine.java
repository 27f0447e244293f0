package io.tenantry.cloud.provider.sandbox.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A parsed command line. It supports quotes, variables, {@code ;}, {@code &&}, {@code >} and {@code >>}, but neither loops nor background
 * processes.
 */
record CommandLine(List<Step> steps) {
    private static final String SPECIAL = "|<(){}`";

    /**
     * One command.
     *
     * @param into the file that its output is redirected to
     * @param onlyIfFine whether it is skipped after a failed command
     */
    record Step(List<String> words, Optional<String> into, boolean append, boolean onlyIfFine) {}

    /** @param variables returns an empty string for undefined variables */
    static CommandLine parse(String text, UnaryOperator<String> variables) throws CommandFailure {
        return new Reader(text, variables).read();
    }

    /** Parses the text in one pass, from left to right. */
    private static final class Reader {
        private final String text;
        private final UnaryOperator<String> variables;
        private final List<Step> steps = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private List<String> words = new ArrayList<>();
        private Optional<String> into = Optional.empty();
        private boolean isWord;
        private boolean isTarget;
        private boolean append;
        private boolean onlyIfFine;
        private int at;

        Reader(String text, UnaryOperator<String> variables) {
            this.text = text;
            this.variables = variables;
        }

        CommandLine read() throws CommandFailure {
            for (; at < text.length(); at++) {
                var c = text.charAt(at);
                switch (c) {
                    case ' ', '\t', '\r' -> endWord();
                    case ';', '\n' -> endStep(false);
                    case '&' -> {
                        if (!isNext('&')) {
                            throw new CommandFailure("syntax error: nothing runs in the background here");
                        }
                        at++;
                        endStep(true);
                    }
                    case '>' -> {
                        endWord();
                        if (isTarget) {
                            throw new CommandFailure("syntax error near unexpected token `>'");
                        }
                        append = isNext('>');
                        at += append ? 1 : 0;
                        isTarget = true;
                    }
                    case '\'' -> readQuoted();
                    case '"' -> readDoublyQuoted();
                    case '\\' -> add(++at < text.length() ? text.charAt(at) : '\\');
                    case '$' -> readVariable();
                    case '#' -> {
                        if (isWord) {
                            add(c);
                        } else {
                            at = text.length();
                        }
                    }
                    default -> {
                        if (SPECIAL.indexOf(c) >= 0) {
                            throw new CommandFailure("syntax error near unexpected token `" + c + "'");
                        }
                        add(c);
                    }
                }
            }
            endStep(false);
            return new CommandLine(List.copyOf(steps));
        }

        private void readQuoted() throws CommandFailure {
            var end = text.indexOf('\'', at + 1);
            if (end < 0) {
                throw new CommandFailure("unexpected end of line while looking for matching `''");
            }
            word.append(text, at + 1, end);
            isWord = true;
            at = end;
        }

        private void readDoublyQuoted() throws CommandFailure {
            isWord = true;
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                var c = text.charAt(at);
                if (c == '$') {
                    readVariable();
                } else if (c == '\\' && (isNext('"') || isNext('\\') || isNext('$'))) {
                    add(text.charAt(++at));
                } else {
                    add(c);
                }
            }
            if (at >= text.length()) {
                throw new CommandFailure("unexpected end of line while looking for matching `\"'");
            }
        }

        private void readVariable() {
            var end = at + 1;
            if (isNext('?')) {
                end++;
            } else {
                while (end < text.length() && isOfName(text.charAt(end))) {
                    end++;
                }
            }
            if (end == at + 1) {
                add('$');
                return;
            }
            word.append(variables.apply(text.substring(at + 1, end)));
            isWord = true;
            at = end - 1;
        }

        private void endWord() {
            if (!isWord) {
                return;
            }
            if (isTarget) {
                into = Optional.of(word.toString());
                isTarget = false;
            } else {
                words.add(word.toString());
            }
            word.setLength(0);
            isWord = false;
        }

        private void endStep(boolean nextOnlyIfFine) throws CommandFailure {
            endWord();
            if (isTarget || (words.isEmpty() && nextOnlyIfFine)) {
                throw new CommandFailure("syntax error near unexpected token");
            }
            if (!words.isEmpty() || into.isPresent()) {
                steps.add(new Step(List.copyOf(words), into, append, onlyIfFine));
            }
            words = new ArrayList<>();
            into = Optional.empty();
            append = false;
            onlyIfFine = nextOnlyIfFine;
        }

        private void add(char c) {
            word.append(c);
            isWord = true;
        }

        private boolean isNext(char c) {
            return at + 1 < text.length() && text.charAt(at + 1) == c;
        }

        private static boolean isOfName(char c) {
            return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
    }
}
