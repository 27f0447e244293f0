package io.tenantry.billing.einvoice;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes an XML document, each element on a separate line. Always uses the JDK's writer, whatever the server provides, so that the same
 * document yields the same bytes everywhere.
 */
final class XmlWriter {
    private static final String INDENT = "  ";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, String> namespaces;
    private final XMLStreamWriter writer;
    private int depth;

    /**
     * Creates a writer.
     *
     * @param namespaces by their prefixes; the empty prefix is the default namespace
     */
    XmlWriter(Map<String, String> namespaces) {
        this.namespaces = Map.copyOf(namespaces);
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("no XML writer", impossible);
        }
    }

    /** A step of writing. */
    @FunctionalInterface
    private interface ElementBody {
        void write() throws XMLStreamException;
    }

    /** Returns the whole document. */
    byte[] document(String root, Runnable content) {
        run(() -> {
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            writer.writeCharacters("\n");
            start(root);
            for (var prefix : namespaces.keySet().stream().sorted().toList()) {
                if (prefix.isEmpty()) {
                    writer.writeDefaultNamespace(namespaces.get(prefix));
                } else {
                    writer.writeNamespace(prefix, namespaces.get(prefix));
                }
            }
            inside(content);
            writer.writeEndDocument();
            writer.close();
        });
        return bytes.toByteArray();
    }

    /** Writes an element with content. */
    void in(String name, Runnable content) {
        run(() -> {
            newLine();
            start(name);
            inside(content);
        });
    }

    /** Writes an element with text; writes nothing if the text is empty. */
    void text(String name, String text) {
        text(name, text, "", "");
    }

    /** Writes an element with an attribute and text; writes nothing if the text is empty. */
    void text(String name, String text, String attribute, String value) {
        var readable = readable(text);
        if (readable.isEmpty()) {
            return;
        }
        run(() -> {
            newLine();
            start(name);
            if (!attribute.isEmpty()) {
                writer.writeAttribute(attribute, value);
            }
            writer.writeCharacters(readable);
            writer.writeEndElement();
        });
    }

    void number(String name, BigDecimal number) {
        text(name, number.toPlainString());
    }

    void number(String name, BigDecimal number, String attribute, String value) {
        text(name, number.toPlainString(), attribute, value);
    }

    private void inside(Runnable content) throws XMLStreamException {
        depth++;
        content.run();
        depth--;
        newLine();
        writer.writeEndElement();
    }

    private void start(String name) throws XMLStreamException {
        var colon = name.indexOf(':');
        var prefix = name.substring(0, Math.max(0, colon));
        writer.writeStartElement(prefix, name.substring(colon + 1), namespace(prefix));
    }

    private String namespace(String prefix) {
        var known = namespaces.get(prefix);
        if (known == null) {
            throw new IllegalArgumentException("no namespace " + prefix);
        }
        return known;
    }

    private void newLine() throws XMLStreamException {
        writer.writeCharacters("\n" + INDENT.repeat(depth));
    }

    /** Returns the text without characters that are invalid in XML, such as unpaired surrogates. */
    private static String readable(String text) {
        return text.codePoints()
                .filter(XmlWriter::isReadable)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static boolean isReadable(int character) {
        return character == '\n'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }

    private static void run(ElementBody elementBody) {
        try {
            elementBody.write();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("cannot write XML", impossible);
        }
    }
}
