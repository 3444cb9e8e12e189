package io.mnemogrid.node.embed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What the model beside the properties file is.
 *
 * @param name recorded with every namespace whose vectors it made
 * @param dimension floats in a vector
 * @param maxTokens tokens in one window, the two special ones included
 * @param lowerCase whether its vocabulary holds lower-case words without accents only
 */
record ModelCard(String name, int dimension, int maxTokens, boolean lowerCase) {

  static ModelCard read(InputStream in) throws IOException {
    Properties properties = new Properties();
    properties.load(in);
    String pooling = required(properties, "pooling");
    if (!pooling.equals("cls")) {
      throw new IOException("model.properties: pooling must be 'cls', was '" + pooling + "'");
    }
    return new ModelCard(
        required(properties, "name"),
        number(properties, "dimension"),
        number(properties, "max-tokens"),
        Boolean.parseBoolean(required(properties, "lower-case")));
  }

  private static int number(Properties properties, String key) throws IOException {
    String value = required(properties, key);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IOException(
          "model.properties: " + key + " must be a number, was '" + value + "'", e);
    }
  }

  private static String required(Properties properties, String key) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException("model.properties: " + key + " is missing");
    }
    return value.strip();
  }
}
