const path = require('path');
const { join, sep: separator } = require('node:path');
require('./setup');

/** FR-001 */
module.exports.keep = function keep(item) { return item; };

Store.prototype.drop = () => {};

function* walk() {}

class Panel extends React.Component {
  #state = 1;
  static defaults = {};
  render() { return <div title="FR-002 in the page" />; }
}

test.each`
  a
  ${1}
`('SC-002 $a', ({ a }) => { expect(a).toBe(1); });
