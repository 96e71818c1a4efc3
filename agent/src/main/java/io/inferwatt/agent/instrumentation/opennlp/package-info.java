/**
 * Apache OpenNLP, {@code org.apache.opennlp:opennlp-tools}: finding names, tagging parts of speech, detecting languages. Each
 * tool knows its model but the finder of names, which is followed from its constructor.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.opennlp;

import org.jspecify.annotations.NullMarked;
